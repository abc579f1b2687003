/**
 * The body of a submission, held to its bounds before anything of it is kept.
 * @see control/control.graphql; schema/PROTOCOL.md 6
 */
import { createHash } from 'node:crypto';

import { type WireEntry, readWireBody } from '@hub/kit';
import { HubError } from '@hub/schema';

/** Records, and places that could not be read, of one submission. */
const maxEntries = 1_000;
/** Bytes of one submission. */
const maxBytes = 8 * 1024 * 1024;

/** A body as it was sent. */
export interface SentBody {
  readonly format: 'XML' | 'JSON';
  readonly body: string;
  readonly encoding: 'TEXT' | 'BASE64';
}

/** A body that was read. */
export interface ReadSubmission {
  readonly format: SentBody['format'];
  /** Of the bytes, hexadecimal. */
  readonly sha256: string;
  readonly entries: readonly WireEntry[];
}

const utf8Mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** @throws HubError QUERY_TOO_LARGE; QUERY_INVALID for a body that is no base64. */
export async function readSubmission({ format, body, encoding }: SentBody): Promise<ReadSubmission> {
  const bytes = encoding === 'BASE64' ? decoded(body) : Buffer.from(body);
  if (bytes.length > maxBytes) {
    const most = maxBytes / 1024 / 1024;
    throw tooLarge(`报文 ${bytes.length} 字节，一次至多 ${most} MiB`, `The body has ${bytes.length} bytes, ${most} MiB at most`);
  }
  const entries: WireEntry[] = [];
  // A text is UTF-8 by now, whatever its XML declaration says; bytes say themselves what they are.
  for await (const entry of readWireBody(encoding === 'TEXT' ? Buffer.concat([utf8Mark, bytes]) : bytes, formOf[format])) {
    entries.push(entry);
    if (entries.length > maxEntries) throw tooLarge(`一次至多 ${maxEntries} 条记录`, `${maxEntries} records at most`);
  }
  return { format, sha256: createHash('sha256').update(bytes).digest('hex'), entries };
}

const formOf = { XML: 'xml', JSON: 'json' } as const;

function decoded(body: string): Buffer {
  const bytes = Buffer.from(body, 'base64');
  // Node reads what it can and leaves the rest out.
  const plain = body.replaceAll(/\s/g, '').replace(/=+$/, '');
  if (bytes.toString('base64').replace(/=+$/, '') === plain) return bytes;
  throw new HubError('QUERY_INVALID', { zh: 'body 不是 base64（encoding: BASE64）。', en: 'The body is no base64 (encoding: BASE64).' });
}

function tooLarge(zh: string, en: string): HubError {
  return new HubError('QUERY_TOO_LARGE', {
    zh: `${zh}，请分几次报送；没有保存任何记录。`,
    en: `${en}: send it in parts. Nothing was kept.`,
  });
}
