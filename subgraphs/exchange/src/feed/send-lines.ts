/**
 * Sends lines of the feed: packed for who takes that, as part of a file for who goes on with one, and given up for who stops
 * taking them.
 * @see RFC 9110 8.8, 13 and 14; design/feed.md 7
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { type PositionRange, segmentPositions } from '@hub/schema';
import type postgres from 'postgres';

import { type ByteRange, byteRangeOf } from './byte-range.ts';
import { copyLines } from './copy-lines.ts';
import { type HubFeedState, readClosedSegment } from './feed-state.ts';
import { noteLeaving, noteServed } from './note-served.ts';

/** A request and where its answer goes. */
export interface Exchanged {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const lineType = 'application/x-ndjson';
/** The first level: half the size of a higher one's gain for a quarter of its time. */
const packing = { level: 1 };

/**
 * Answers with a closed segment: the same bytes for ever, named by their root.
 * @throws HubError QUERY_INVALID when it is not closed yet.
 */
export async function sendSegment(
  sql: postgres.Sql,
  { number, epoch }: { readonly number: number; readonly epoch: string },
  { request, response }: Exchanged,
): Promise<void> {
  const { root, bytes } = await readClosedSegment(sql, number);
  const packed = takesGzip(request);
  const etag = packed ? `"${root}-gzip"` : `"${root}"`;
  const headers = {
    'content-type': lineType,
    'cache-control': 'private, max-age=31536000, immutable',
    vary: 'accept-encoding',
    etag,
    'hub-feed-epoch': epoch,
    ...(packed ? { 'content-encoding': 'gzip' } : { 'accept-ranges': 'bytes' }),
  };
  if (isKnown(request, etag)) {
    response.writeHead(304, headers).end();
    return;
  }
  const { range, 'if-range': ifRange } = request.headers;
  const part = packed ? undefined : byteRangeOf({ range, ifRange: ifRange?.toString(), etag, bytes });
  if (part === 'unsatisfiable') {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${bytes}` }).end();
    return;
  }
  const sent = part ?? { from: 0, to: bytes - 1 };
  const length = packed ? {} : { 'content-length': sent.to - sent.from + 1 };
  const place = part === undefined ? {} : { 'content-range': `bytes ${sent.from}-${sent.to}/${bytes}` };
  response.writeHead(part === undefined ? 200 : 206, { ...headers, ...length, ...place });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await send({ sql, range: { from: (number - 1) * segmentPositions + 1, to: number * segmentPositions }, part, packed }, response);
}

/** Answers with entries after a position, up to the end of what there is. */
export async function sendEntries(
  sql: postgres.Sql,
  { after, first, state }: { readonly after: number; readonly first: number; readonly state: HubFeedState },
  { request, response }: Exchanged,
): Promise<void> {
  const packed = takesGzip(request);
  response.writeHead(200, {
    'content-type': lineType,
    'cache-control': 'no-store',
    vary: 'accept-encoding',
    'hub-feed-epoch': state.epoch,
    'hub-feed-head': state.head,
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
  });
  const to = Math.min(after + first, state.head);
  if (request.method === 'HEAD' || to <= after) {
    response.end();
    return;
  }
  await send({ sql, range: { from: after + 1, to }, packed }, response);
}

interface Sending {
  readonly sql: postgres.Sql;
  readonly range: PositionRange;
  readonly part?: ByteRange | undefined;
  readonly packed: boolean;
}

async function send({ sql, range, part, packed }: Sending, response: ServerResponse): Promise<void> {
  const note = (sent: PositionRange): Promise<void> => noteServed(sql, [sent]);
  const lines = noteLeaving({ pieces: copyLines(sql, range), first: range.from, part, note });
  const source = Readable.from(lines, { objectMode: false });
  await (packed ? pipeline(source, createGzip(packing), response) : pipeline(source, response));
}

/** `gzip` among what is taken, unless it is forbidden by `q=0`. */
function takesGzip({ headers }: IncomingMessage): boolean {
  const given = headers['accept-encoding']?.toString() ?? '';
  return given.split(',').some((one) => /^\s*(gzip|\*)\s*(;\s*q=(?!0(\.0*)?\s*$).*)?$/i.test(one));
}

function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = headers['if-none-match'];
  return known !== undefined && known.split(',').some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*');
}
