/**
 * Reads records of the standard's wire form from bytes that came in one piece, such as the body of a request.
 * @see schema/PROTOCOL.md 6
 */
import { encodingOf, sampleBytes } from './encoding.ts';
import type { WireEntry } from './wire-entry.ts';
import { wireEntries } from './wire-entries.ts';
import { encodingUnknown, noMessage } from './wire-source.ts';

/**
 * @param form - What the sender says it is.
 * @returns Records and problems in order; of a body that holds neither, one problem that says so.
 */
export async function* readWireBody(body: Buffer, form: 'xml' | 'json'): AsyncGenerator<WireEntry> {
  const encoding = encodingOf(sampleOf(body));
  if (encoding === undefined) {
    yield { line: 1, problem: encodingUnknown, ofFile: true };
    return;
  }
  // One message may be as long as the body: that is bounded by whoever took it.
  const maxCharacters = Math.max(1, body.length);
  let empty = true;
  for await (const entry of wireEntries(pieces(body), { form, encoding, maxCharacters })) {
    empty = false;
    yield entry;
  }
  if (empty) yield { line: 1, problem: noMessage, ofFile: true };
}

/** The beginning and, where that is all ASCII, what follows the first other byte. */
function sampleOf(body: Buffer): Buffer {
  const first = body.findIndex((byte) => byte >= 0x80);
  if (first < sampleBytes) return body.subarray(0, Math.max(0, first) + sampleBytes);
  return Buffer.concat([body.subarray(0, sampleBytes), body.subarray(first, first + sampleBytes)]);
}

async function* pieces(body: Buffer): AsyncGenerator<Buffer> {
  yield body;
}
