/**
 * Values as PostgreSQL can hold them: its text has no NUL, and its JSON no half of a surrogate pair.
 * @see PostgreSQL, 8.3 «Character Types» and 8.14 «JSON Types»
 */

/** @returns The text, with U+FFFD in the place of what cannot be held. */
export function storable(text: string): string {
  return isStorable(text) ? text : text.replaceAll('\0', '\uFFFD').toWellFormed();
}

/** Whether PostgreSQL can hold a text as it is. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

const mostVersion = 2 ** 31 - 1;

/** Whether a number can be the version of a record. */
export function isVersion(version: number): boolean {
  return Number.isInteger(version) && version >= 0 && version <= mostVersion;
}
