/**
 * A part of a file, as HTTP asks for it: one range of bytes. Anything else is answered with the whole, as the standard allows.
 * @see RFC 9110 14
 */

/** Bytes `from` to `to`, both among them. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/** What is asked of a file, whose strong entity tag is known. */
export interface RangeQuestion {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
  readonly etag: string;
  readonly bytes: number;
}

/** @returns The part; undefined for the whole; `unsatisfiable` when it begins past the end. */
export function byteRangeOf({ range, ifRange, etag, bytes }: RangeQuestion): ByteRange | 'unsatisfiable' | undefined {
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return undefined;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range.trim()) ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  return from >= bytes || to < from ? 'unsatisfiable' : { from, to };
}
