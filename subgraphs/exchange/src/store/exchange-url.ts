/**
 * The exchange has a schema of its own in the hub's database, so that the kit's sequencer runs on its tables as it stands.
 * @see design/feed.md 2; README
 */

/** The schema's name. */
export const exchangeSchema = 'exchange';

/**
 * @param databaseUrl - `postgresql://…` of the hub's database.
 * @returns The same for connections that see the exchange's tables; understood by every driver, for the server itself reads it.
 */
export function exchangeUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  const options = [url.searchParams.get('options'), `-csearch_path=${exchangeSchema}`];
  url.searchParams.set('options', options.filter((option) => option !== null).join(' '));
  return url.href.replaceAll('+', '%20');
}
