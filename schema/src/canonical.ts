/**
 * The content of a record as one text and one hash: same content, same hash, whenever and however often it is sent.
 * @see design/feed.md 4, 9
 */
import { createHash } from 'node:crypto';

import { type WireFields, wireValue } from './wire-record.ts';

const hashDomain = 'hub/record-content/1';

/**
 * @returns JSON with names in ascending UTF-16 order and values as sent, without DATA_TIMESTAMP and without what is blank.
 */
export function canonicalContent(fields: WireFields): string {
  const names = Object.keys(fields).filter((name) => name !== 'DATA_TIMESTAMP' && wireValue(fields, name) !== undefined);
  // The default sort of strings is by UTF-16 units, as RFC 8785 wants it.
  return `{${names
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(fields[name])}`)
    .join(',')}}`;
}

/**
 * @param dataset - Name in the standard: the same fields in two datasets are two contents.
 * @returns SM3 of the canonical content, 64 lower-case hexadecimal digits.
 */
export function contentHash(dataset: string, fields: WireFields): string {
  return createHash('sm3')
    .update(`${hashDomain}\n${dataset}\n${canonicalContent(fields)}`)
    .digest('hex');
}
