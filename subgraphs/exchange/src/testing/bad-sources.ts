/**
 * How sources misbehave, each with what becomes of it. The first three of six changes are taken; then the answers are wrong, and
 * after a while right again.
 */
import { gzipSync } from 'node:zlib';

import { encodeRecordId } from '@hub/schema';

import {
  cutOff,
  drip,
  edit,
  entry,
  epochs,
  fail,
  json,
  list,
  otherHistory,
  packed,
  page,
  raw,
  reset,
  send,
  twoStores,
  whenAfter,
} from './bad-answers.ts';
import { type Misbehaviour, refuse } from './feed-server.ts';

/** One way to misbehave. */
export interface BadSource {
  readonly name: string;
  readonly wrong: Misbehaviour;
  /** Questions that are answered wrongly; default 2. */
  readonly times?: number;
  /** What is noted, each once, and what is refused. */
  readonly becomes: readonly string[];
}

/** All of them. */
export const badSources: readonly BadSource[] = [
  // What comes is no answer.
  { name: 'an error as HTTP 200', wrong: () => '{"errors":[{"message":"数据库忙"}]}', becomes: ['ERROR_AS_ANSWER'] },
  { name: 'a status word as HTTP 200', wrong: () => '{"STATUS":"-1","MSG":"系统繁忙"}', becomes: ['VERSION_UNKNOWN'] },
  {
    name: 'a web page',
    wrong: ({ response }) => send(response, '<html>登录</html>', { 'content-type': 'text/html' }),
    becomes: ['NOT_JSON'],
  },
  { name: 'a web page that says it is JSON', wrong: () => '<!DOCTYPE html><p>请先登录</p>', becomes: ['NOT_JSON'] },
  {
    name: 'a page as plain text',
    wrong: ({ response, right }) => send(response, right, { 'content-type': 'text/plain' }),
    becomes: ['NOT_JSON'],
  },
  { name: 'an empty body', wrong: () => '', becomes: ['NOT_JSON'] },
  {
    name: 'a failure with its stack',
    wrong: ({ response }) => fail(response, 500, 'java.lang.NullPointerException\n\tat X'),
    becomes: ['SERVER_ERROR'],
  },
  { name: 'a server in maintenance', wrong: ({ response }) => fail(response, 503, '维护中', { 'retry-after': '120' }), becomes: ['BUSY'] },
  {
    name: 'too many questions',
    wrong: ({ response }) => fail(response, 429, '', { 'retry-after': 'Mon, 01 Jan 2001 00:00:00 GMT' }),
    becomes: ['BUSY'],
  },
  { name: 'a redirect', wrong: ({ response }) => fail(response, 302, '', { location: 'http://127.0.0.1:1/' }), becomes: ['REDIRECTED'] },
  { name: 'a key it no longer believes', wrong: ({ response }) => refuse(response, 401, 'UNAUTHENTICATED'), becomes: ['KEY_REFUSED'] },
  { name: 'a feed it no longer has', wrong: ({ response }) => fail(response, 404, 'Not Found'), becomes: ['NO_FEED'] },
  {
    name: 'a question it does not understand',
    wrong: ({ response }) => refuse(response, 400, 'QUERY_INVALID'),
    becomes: ['QUESTION_REFUSED'],
  },
  // What comes is damaged.
  { name: 'a body cut off, by its length', wrong: ({ response, right }) => cutOff(response, right), becomes: ['CUT_OFF'] },
  { name: 'a body cut off, and ended', wrong: ({ right }) => right.slice(0, -40), becomes: ['CUT_OFF'] },
  { name: 'a connection reset before the answer', wrong: ({ request }) => void request.socket.destroy(), becomes: ['UNREACHABLE'] },
  {
    name: 'a connection reset in the middle',
    wrong: ({ request, response, right }) => reset(request, response, right),
    becomes: ['CUT_OFF'],
  },
  {
    name: 'a head and then silence',
    wrong: ({ response }) => void response.writeHead(200, json).flushHeaders(),
    times: 1,
    becomes: ['TIMEOUT'],
  },
  { name: 'no answer at all', wrong: () => null, times: 1, becomes: ['TIMEOUT'] },
  { name: 'a body drop by drop', wrong: ({ response, right }) => drip(response, right), times: 1, becomes: ['TIMEOUT'] },
  { name: 'NUL bytes between members', wrong: ({ right }) => right.replace('"entries"', '\0"entries"'), becomes: ['JSON_BROKEN'] },
  {
    name: 'GB18030 bytes',
    wrong: ({ right }) => Buffer.from(right.replaceAll(/[^\x20-\x7E]/gu, '\u00B1\u00EA'), 'latin1'),
    becomes: ['NOT_UTF8'],
  },
  { name: 'a byte-order mark', wrong: ({ right }) => `\uFEFF${right}`, becomes: ['NOT_JSON'] },
  { name: 'a huge page', wrong: ({ right }) => right.replace('"more"', `"filler":"${'x'.repeat(70_000)}","more"`), becomes: ['TOO_LARGE'] },
  { name: 'a gzip bomb', wrong: ({ response }) => send(response, gzipSync(Buffer.alloc(3_000_000, 0x20)), packed), becomes: ['TOO_LARGE'] },
  { name: 'damaged gzip', wrong: ({ response }) => send(response, Buffer.from('no gzip at all'), packed), becomes: ['ENCODING_UNKNOWN'] },
  { name: 'gzip cut off', wrong: ({ response, right }) => send(response, gzipSync(right).subarray(0, -30), packed), becomes: ['CUT_OFF'] },
  {
    name: 'another packing',
    wrong: ({ response, right }) => send(response, right, { ...json, 'content-encoding': 'br' }),
    becomes: ['ENCODING_UNKNOWN'],
  },
  {
    name: 'deep JSON',
    wrong: ({ right }) => right.replace('"more"', `"x":${'['.repeat(9_000)}${']'.repeat(9_000)},"more"`),
    becomes: ['TOO_DEEP'],
  },
  // What comes is another answer.
  { name: 'another version', wrong: page(() => ({ version: 2 })), becomes: ['VERSION_UNKNOWN'] },
  { name: 'the answer of another system', wrong: page(() => ({ system: 'elsewhere' })), becomes: ['OTHER_SYSTEM'] },
  { name: 'members doubled', wrong: ({ right }) => right.replace('"head":6', '"head":6,"head":4'), becomes: ['PAGE_FORM'] },
  { name: 'a head of 1e9999', wrong: ({ right }) => right.replace('"head":6', '"head":1e9999'), becomes: ['PAGE_FORM'] },
  { name: 'no cursor', wrong: page(() => ({ cursor: '' })), becomes: ['PAGE_FORM'] },
  { name: 'a snapshot that nobody asked for', wrong: page(() => ({ snapshot: 6 })), becomes: ['PAGE_FORM'] },
  { name: 'the page before, once more', wrong: ({ feed }) => JSON.stringify(feed.page({ first: 3 })), becomes: ['PAGE_REPEATED'] },
  {
    name: 'a window silently cut',
    wrong: page(({ entries }) => ({ scanned: { from: 5, to: 6 }, entries: entries.slice(1) })),
    becomes: ['PAGE_JUMPED'],
  },
  {
    name: 'a gap',
    wrong: page(({ entries }) => ({ entries: [...entries.slice(0, 1), ...entries.slice(2)] })),
    becomes: ['POSITIONS_BROKEN'],
  },
  { name: 'positions that go back', wrong: page(({ entries }) => ({ entries: entries.toReversed() })), becomes: ['POSITIONS_BROKEN'] },
  {
    name: 'a position twice',
    wrong: page(({ entries: [first] }) => ({ entries: list(first, first, first) })),
    becomes: ['POSITIONS_BROKEN'],
  },
  { name: 'more than it scanned', wrong: page(() => ({ scanned: { from: 4, to: 5 } })), becomes: ['POSITIONS_BROKEN'] },
  { name: 'a head that went back', wrong: page(() => ({ head: 2, scanned: { from: 4, to: 3 }, entries: [] })), becomes: ['HEAD_BACK'] },
  {
    name: 'nothing, and more of it',
    wrong: page(() => ({ scanned: { from: 4, to: 3 }, entries: [], more: true })),
    becomes: ['NO_PROGRESS'],
  },
  {
    name: 'a cursor that stands still',
    wrong: ({ asked: { after = '' }, right }) => edit(right, () => ({ cursor: after })),
    becomes: ['CURSOR_STUCK'],
  },
  { name: 'a cursor that vanished', wrong: whenAfter((response) => refuse(response, 400, 'CURSOR_INVALID')), becomes: ['CURSOR_LOST'] },
  { name: 'a next page that is gone', wrong: whenAfter((response) => fail(response, 410, '')), becomes: ['CURSOR_LOST'] },
  { name: 'a cursor that vanished, and another history', wrong: otherHistory, times: 3, becomes: ['CURSOR_LOST', 'HISTORY_ALTERED'] },
  { name: 'epochs without an end', wrong: epochs, times: 6, becomes: ['EPOCH_CHANGED', 'EPOCH_UNSTABLE'] },
  {
    name: 'two stores behind one address',
    wrong: twoStores(['other', 'other', 'epoch-1', 'epoch-1', 'other']),
    times: 5,
    becomes: ['EPOCH_CHANGED', 'EPOCH_UNSTABLE', 'CURSOR_LOST'],
  },
  // Single changes are not to be used.
  { name: 'a change damaged on the way, once', wrong: raw(/某平台/, '某\0平台'), times: 1, becomes: [] },
  { name: 'NUL bytes in a text', wrong: raw(/某平台/, '某\0平台'), becomes: ['4 MESSAGE_UNREADABLE'] },
  { name: 'a version of 1e9999', wrong: raw(/"version":1,"op"/, '"version":1e9999,"op"'), becomes: ['4 MESSAGE_UNREADABLE'] },
  { name: 'a member of a change twice', wrong: raw(/"version":1,"op"/, '"version":1,"version":2,"op"'), becomes: ['4 MESSAGE_UNREADABLE'] },
  {
    name: 'a change that is no object',
    wrong: page(({ entries }) => ({ entries: list<unknown>(null, ...entries.slice(1)) })),
    becomes: ['4 MESSAGE_UNREADABLE'],
  },
  {
    name: 'a deep change',
    wrong: raw(/"version":1,"op"/, `"version":${'['.repeat(9_000)}${']'.repeat(9_000)},"op"`),
    becomes: ['4 MESSAGE_UNREADABLE'],
  },
  { name: 'a change that names another system', wrong: entry((one) => ({ ...one, system: 'elsewhere' })), becomes: ['4 SYSTEM_FOREIGN'] },
  {
    name: 'a key that is an id of another system',
    wrong: entry((one) => ({ ...one, key: encodeRecordId({ system: 'elsewhere', type: 'BidSection', key: '1' }) })),
    becomes: ['4 SYSTEM_FOREIGN'],
  },
];
