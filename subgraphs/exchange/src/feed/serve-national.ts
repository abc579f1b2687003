/**
 * The national side over HTTP: where the feed stands, closed segments, what follows them, statements and their keys. Signed by
 * the nation as every request is, over an empty body; nothing is told to anybody else.
 * @see schema/PROTOCOL.md 10 and «The hub's feed»
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { type RequestVerifier, signatureHeader } from '@hub/kit/process';
import { errorCodes, HubError, type LeafSource, quoted, type StatementSigner } from '@hub/schema';
import type postgres from 'postgres';

import { countRange } from '../proof/count-range.ts';
import { readStatements } from '../proof/read-statements.ts';
import { stateRange } from '../proof/state-range.ts';
import { readStatementKeys } from '../proof/statement-keys.ts';
import { readFeedState } from './feed-state.ts';
import { type Exchanged, sendEntries, sendSegment } from './send-lines.ts';

/** Who signs for the national system. */
export const nationIssuer = 'nation';

/** What serves it. */
export interface NationalOptions {
  /** Sees the exchange's tables. Four connections are enough: each answer holds one at a time. */
  readonly sql: postgres.Sql;
  readonly leaves: LeafSource;
  readonly signer: StatementSigner;
  /** Public key of the statements that are made now, PEM. */
  readonly statementKey: string;
  /** Knows the nation's keys; the audience is `exchange`. */
  readonly verifier: RequestVerifier;
  readonly onFault: (cause: unknown) => void;
}

/** Answers a path of the national side. */
export type NationalListener = (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined;

const mostEntries = 10_000;
const mostStatements = 1_000;
/** A reader that takes nothing for so long is gone: its copy is given up. */
const idleMs = 60_000;

/** @returns What answers `/exchange/…`; undefined: the path is another. */
export function serveNational(options: NationalOptions): NationalListener {
  return (request, response) => {
    const target = request.url ?? '/';
    // Before it is read as an address: `//` is none, and whoever sends it is not known.
    if (!target.startsWith('/exchange/')) return undefined;
    const url = new URL(target, 'http://exchange');
    return answer(url, options, { request, response }).catch((cause: unknown) => {
      if (response.headersSent || response.destroyed) {
        response.destroy();
        if (!isGone(cause)) options.onFault(cause);
        return;
      }
      if (!(cause instanceof HubError)) options.onFault(cause);
      request.resume();
      refuse(response, cause instanceof HubError ? cause : internal);
    });
  };
}

async function answer(url: URL, options: NationalOptions, exchanged: Exchanged): Promise<void> {
  const { request, response } = exchanged;
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    request.resume();
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  admit(request, options.verifier);
  response.setTimeout(idleMs, () => response.destroy());
  const { sql, leaves, signer, statementKey } = options;
  const numbers = (name: string, usual: number): number => count(url.searchParams.get(name), usual);
  const [, segment] = /^\/exchange\/segments\/(\d{1,12})$/.exec(url.pathname) ?? [];
  const [, ranged, from, to] = /^\/exchange\/(statements|counts)\/(\d{1,15})-(\d{1,15})$/.exec(url.pathname) ?? [];
  if (segment !== undefined) {
    const { epoch } = await readFeedState(sql);
    await sendSegment(sql, { number: Number(segment), epoch }, exchanged);
  } else if (ranged !== undefined) {
    const range = { from: Number(from), to: Number(to) };
    write(response, lines, ranged === 'counts' ? await countRange(sql, range) : `${await stateRange({ sql, leaves, signer }, range)}\n`);
  } else if (url.pathname === '/exchange/feed') {
    write(response, json, JSON.stringify({ version: 1, ...(await readFeedState(sql)) }));
  } else if (url.pathname === '/exchange/entries') {
    const [after, first] = [numbers('after', 0), numbers('first', 1_000)];
    const state = await readFeedState(sql);
    if (first < 1 || first > mostEntries) throw pageSize();
    if (after > state.head) throw ahead(after, state.head);
    await sendEntries(sql, { after, first, state }, exchanged);
  } else if (url.pathname === '/exchange/statements') {
    const first = Math.max(1, Math.min(numbers('first', mostStatements), mostStatements));
    write(response, lines, await readStatements(sql, { after: numbers('after', 0), first }));
  } else if (url.pathname === '/exchange/keys') write(response, pem, await readStatementKeys(sql, statementKey));
  else throw new HubError('QUERY_INVALID', { zh: `没有 ${quoted(url.pathname)}。`, en: `There is no ${quoted(url.pathname)}.` });
}

function admit(request: IncomingMessage, verifier: RequestVerifier): void {
  const given = request.headers[signatureHeader];
  const examined = verifier.examine(typeof given === 'string' ? given : undefined);
  verifier.admit(examined, Buffer.alloc(0));
  if (examined.claims.iss === nationIssuer) return;
  throw new HubError('FORBIDDEN', {
    zh: '枢纽的数据流只供国家系统（签名者 nation）取用。',
    en: 'The hub’s feed is for the national system alone (signer «nation»).',
  });
}

const lines = 'application/x-ndjson';
const json = 'application/json; charset=utf-8';
const pem = 'application/x-pem-file';

function write(response: ServerResponse, type: string, body: string): void {
  const length = String(Buffer.byteLength(body));
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', 'content-length': length }).end(body);
}

function refuse(response: ServerResponse, { code, message, extensions }: HubError): void {
  const body = JSON.stringify({ errors: [{ message, extensions }] });
  response.writeHead(errorCodes[code].status, { 'content-type': json, 'cache-control': 'no-store' }).end(body);
}

function count(text: string | null, usual: number): number {
  if (text === null) return usual;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new HubError('QUERY_INVALID', { zh: `${quoted(text)} 不是位置或个数。`, en: `${quoted(text)} is no position and no number.` });
}

/** Whoever hangs up is no fault of ours. */
function isGone(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ERR_STREAM_PREMATURE_CLOSE' || cause.code === 'ECONNRESET');
}

function pageSize(): HubError {
  return new HubError('PAGE_SIZE_INVALID', {
    zh: `first 须为 1–${mostEntries}。`,
    en: `first must be 1 to ${mostEntries}.`,
  });
}

function ahead(after: number, head: number): HubError {
  return new HubError('EPOCH_CHANGED', {
    zh: `数据流到位置 ${head} 为止，没有 ${after}：枢纽可能恢复过较早的备份。请逐条对账。`,
    en: `The feed ends at position ${head}; there is no ${after}: the hub may have been restored from an earlier backup. Reconcile.`,
  });
}

const internal = new HubError('INTERNAL', { zh: '枢纽内部错误，请稍后重试。', en: 'Internal error: try again later.' });
