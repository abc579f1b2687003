/**
 * A system's feed over HTTP: `POST /feed`, signed as every request to a system is, for the exchange alone. It tells whole
 * records, restricted fields too, so that no gateway's signature opens it.
 * @see schema/PROTOCOL.md 10 and «The feed of a system»
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import { HubError, errorCodes } from '@hub/schema';

import type { SystemStore } from '../graph/context.ts';
import { readSigned } from '../graph/read-signed.ts';
import { exchangeIssuer } from '../process/signing/trusted-keys.ts';
import type { RequestVerifier } from '../process/signing/verify-request.ts';

import { feedPage } from './feed-page.ts';
import { readFeedRequest } from './feed-request.ts';
import { type Segment, openSegment } from './feed-segment.ts';
import { waitForChange } from './feed-watch.ts';

/** How a feed is served. */
export interface FeedOptions {
  readonly verifier: RequestVerifier;
  /** Told of faults that callers are not told of. */
  readonly onFault: (cause: unknown) => void;
}

/** @returns A listener that answers `/feed`, and leaves everything else to the other. */
export function withFeed(source: SystemStore, { verifier, onFault }: FeedOptions, other: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url?.split('?')[0] !== '/feed') {
      other(request, response);
      return;
    }
    answer(source, verifier, { request, response }).catch((cause: unknown) => {
      if (!(cause instanceof HubError)) onFault(cause);
      if (response.headersSent) response.destroy();
      else refuse(response, cause instanceof HubError ? cause : internal);
    });
  };
}

async function answer(
  source: SystemStore,
  verifier: RequestVerifier,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const sent = await readSigned(request, verifier);
  if ('status' in sent) {
    request.resume();
    response.writeHead(sent.status, { connection: 'close', 'content-type': 'application/json', ...sent.headers }).end(sent.body);
    return;
  }
  if (sent.caller.claims.iss !== exchangeIssuer) throw notTheExchange;
  const asked = readFeedRequest(sent.body);
  if ('segment' in asked) {
    await sendSegment(await openSegment(source, asked.segment), { request, response });
    return;
  }
  const page = await feedPage(source, asked);
  const waits = asked.waitMs > 0 && page.entries.length === 0 && !page.more;
  const changed = waits && (await waitForChange(source, { after: page.head, waitMs: asked.waitMs, signal: gone.signal }));
  const told = changed ? await feedPage(source, { ...asked, snapshot: undefined, after: page.cursor }) : page;
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(told));
}

async function sendSegment(
  { epoch, cursor, lines }: Segment,
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const packed = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
  response.writeHead(200, {
    'content-type': 'application/x-ndjson',
    'cache-control': 'private, max-age=31536000, immutable',
    'hub-feed-epoch': epoch,
    'hub-feed-cursor': cursor,
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
  });
  const source = Readable.from(lines);
  await (packed ? pipeline(source, createGzip(), response) : pipeline(source, response));
}

function refuse(response: ServerResponse, { code, message, extensions }: HubError): void {
  response
    .writeHead(errorCodes[code].status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errors: [{ message, extensions }] }));
}

const notTheExchange = new HubError('FORBIDDEN', {
  zh: '系统的数据流只供数据交换（签名者 exchange）取用。',
  en: 'The feed of a system is for the exchange alone (signer «exchange»).',
});
const internal = new HubError('INTERNAL', { zh: '系统内部错误，请稍后重试。', en: 'Internal error: try again later.' });
