/**
 * One real HTTP server for the feeds of many systems, each at a path of its own, and any misbehaviour a test asks for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { listenOn } from '@hub/kit/process';

import { type FakeFeed, type FeedQuestion } from './fake-feed.ts';

/** One exchange of question and answer. */
export interface Asking {
  readonly feed: FakeFeed;
  readonly asked: FeedQuestion;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The right answer, as text. */
  readonly right: string;
}

/** Answers instead of the feed. A text is sent as a page; null: nothing is sent; undefined: the feed answers, if nothing did. */
export type Misbehaviour = (asking: Asking) => string | Buffer | null | void;

/** The server. */
export interface FeedServer extends AsyncDisposable {
  readonly origin: string;
  /** Serves a feed. @returns Its system's address. */
  serve(feed: FakeFeed): string;
  /** Per system. */
  readonly misbehave: Map<string, Misbehaviour>;
  /** Questions that came, per system. */
  readonly questions: Map<string, FeedQuestion[]>;
}

/** Starts one on a free port. */
export async function openFeedServer(): Promise<FeedServer> {
  const feeds = new Map<string, FakeFeed>();
  const misbehave: FeedServer['misbehave'] = new Map();
  const questions: FeedServer['questions'] = new Map();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const piece of request) body += String(piece);
    const [, code = '', path] = request.url?.split('/') ?? [];
    const feed = feeds.get(code);
    if (feed === undefined || path !== 'feed') return void response.writeHead(404).end();
    const asked = questionIn(body);
    questions.set(code, [...(questions.get(code) ?? []), asked]);
    const right = asked.segment === undefined ? JSON.stringify(feed.page(asked) ?? {}) : '';
    const wrong = misbehave.get(code)?.({ feed, asked, request, response, right });
    if (wrong === null || response.headersSent || response.destroyed) return;
    if (asked.segment !== undefined && wrong === undefined) return sendSegment(feed, asked.segment, response);
    if (wrong === undefined && right === '{}') return epochChanged(response);
    response.writeHead(200, { 'content-type': 'application/json' }).end(wrong ?? right);
  };
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const origin = `http://127.0.0.1:${await listenOn(server, 0)}`;
  return {
    origin,
    misbehave,
    questions,
    serve(feed) {
      feeds.set(feed.system, feed);
      return `${origin}/${feed.system}/graphql`;
    },
    [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      return Promise.resolve();
    },
  };
}

/** Sends a refusal as systems do. */
export function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify({ errors: [{ message: '拒绝', extensions: { code } }] }));
}

function epochChanged(response: ServerResponse): void {
  refuse(response, 409, 'EPOCH_CHANGED');
}

function sendSegment(feed: FakeFeed, number: number, response: ServerResponse): void {
  const headers = { 'hub-feed-epoch': feed.epoch, 'hub-feed-cursor': `${feed.epoch}/${number * 10_000}`, 'content-encoding': 'gzip' };
  response.writeHead(200, { 'content-type': 'application/x-ndjson', ...headers }).end(gzipSync(feed.segment(number)));
}

/** Believed as it stands: what the exchange asks is what the tests look at. */
function questionIn(body: string): FeedQuestion {
  // oxlint-disable-next-line no-unsafe-return -- the question as it came; a test asserts what is in it
  return JSON.parse(body);
}
