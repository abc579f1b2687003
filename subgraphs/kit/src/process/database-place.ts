/**
 * Which database, for terminals and logs.
 */

/** @returns Host and name, without user and password. */
export function databasePlace(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
