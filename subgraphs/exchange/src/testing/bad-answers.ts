/**
 * What misbehaving sources answer: each takes the right answer, and makes a wrong one of it.
 */
import type { FeedEntry } from '@hub/kit';

import { type FakePage, fakeEntry } from './fake-feed.ts';
import { type Asking, type Misbehaviour, refuse } from './feed-server.ts';

export const json = { 'content-type': 'application/json' };
export const packed = { ...json, 'content-encoding': 'gzip' };

type Response = Asking['response'];

export function send(response: Response, body: string | Buffer, headers: Readonly<Record<string, string>>): void {
  response.writeHead(200, headers).end(body);
}

/** Its status, then what it says. */
type Failure = readonly [status: number, body: string, headers?: Readonly<Record<string, string>>];

export function fail(response: Response, ...[status, body, headers = {}]: Failure): void {
  response.writeHead(status, headers).end(body);
}

export function cutOff(response: Response, right: string): void {
  response.writeHead(200, { ...json, 'content-length': Buffer.byteLength(right) });
  response.write(right.slice(0, 100), () => response.destroy());
}

export function reset(request: Asking['request'], response: Response, right: string): void {
  response.writeHead(200, json).write(right.slice(0, 100), () => request.socket.resetAndDestroy());
}

export function drip(response: Response, right: string): void {
  response.writeHead(200, json);
  let at = 0;
  const timer = setInterval(() => response.write(right[at++] ?? ' '), 10);
  response.once('close', () => clearInterval(timer));
}

export function edit(right: string, change: (page: FakePage) => object): string {
  const sent = pageIn(right);
  return JSON.stringify({ ...sent, ...change(sent) });
}

export function page(change: (page: FakePage) => object): Misbehaviour {
  return ({ right }) => edit(right, change);
}

/** Alters the first change of a page, for ever. */
export function entry(change: (entry: FeedEntry) => object): Misbehaviour {
  return page(({ entries }) => ({ entries: entries.map((one) => (one.position === 4 ? change(one) : one)) }));
}

/** Alters the text of the first change of a page. */
export function raw(found: RegExp, instead: string): Misbehaviour {
  return ({ right }) => (right.includes('"position":4,') ? right.replace(found, instead) : right);
}

export function otherHistory({ asked, response, feed, right }: Asking): string | void {
  if (asked.after !== undefined) return refuse(response, 400, 'CURSOR_INVALID');
  return edit(right, ({ entries }) => ({ entries: entries.map(({ position }) => fakeEntry(feed.system, position, '改过的')) }));
}

/** Refuses cursors alone. */
export function whenAfter(answer: (response: Response) => void): Misbehaviour {
  return ({ asked, response }) => (asked.after === undefined ? undefined : answer(response));
}

let epoch = 1;

export function epochs({ feed, asked, response }: Asking): string | void {
  epoch++;
  feed.epoch = `epoch-${epoch}`;
  const told = feed.page(asked);
  return told === undefined ? refuse(response, 409, 'EPOCH_CHANGED') : JSON.stringify(told);
}

/** Whose turn it is to answer, question by question. */
export function twoStores(turns: readonly string[]): Misbehaviour {
  let asked = 0;
  return ({ feed, asked: question, response }) => {
    feed.epoch = turns[asked++] ?? feed.epoch;
    const told = feed.page(question);
    return told === undefined ? refuse(response, 409, 'EPOCH_CHANGED') : JSON.stringify(told);
  };
}

export function list<Item>(...items: readonly (Item | undefined)[]): readonly Item[] {
  return items.filter((item) => item !== undefined);
}

/** Believed as it stands: the test made it. */
function pageIn(text: string): FakePage {
  // oxlint-disable-next-line no-unsafe-return -- what the test's own server made
  return JSON.parse(text);
}
