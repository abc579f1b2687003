/**
 * What a client is called where usage is counted: as its token says, else as it says itself.
 */

/** A client that says nothing. */
const anonymous = 'anonymous';
/** What there is no room to count apart; no client may take the name. */
export const other = 'OTHER';

const maxLength = 64;

/**
 * @param told - Of its token, or of the header `apollographql-client-name`; the first that is there counts.
 * @returns A name of 64 letters, digits and `._:@/+-` at most; whatever else was in it is `_`.
 */
export function clientName(...told: readonly (string | undefined)[]): string {
  const name = told.find((one) => one !== undefined && one !== '');
  if (name === undefined) return anonymous;
  const plain = name.slice(0, maxLength).replaceAll(/[^\p{L}\p{N}._:@/+-]/gu, '_');
  return plain === other ? other.toLowerCase() : plain;
}
