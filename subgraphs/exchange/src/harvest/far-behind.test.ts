/**
 * A source that is far ahead is taken by closed segments, then by pages; what goes wrong within one loses and repeats nothing.
 * @see take-segment.ts; schema/PROTOCOL.md 13 «Closed segments»
 */
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { sourceAt, takeThrough, testParts } from '../testing/bad-source.ts';
import { type FakeFeed, fakeEntry, fakeFeed, type FeedQuestion } from '../testing/fake-feed.ts';
import { type FeedServer, type Misbehaviour, openFeedServer } from '../testing/feed-server.ts';

const count = 10_100;
const template = fakeFeed('template', count);

describe('A source that is far ahead', () => {
  let server: FeedServer;
  beforeAll(async () => void (server = await openFeedServer()));
  afterAll(() => server[Symbol.asyncDispose]());

  const take = async (system: string, wrong?: Misbehaviour) => {
    await using parts = testParts({ first: 1_000, farBehind: 5_000, maxBytes: 4_000_000, headMs: 5_000, bodyMs: 5_000 });
    const feed: FakeFeed = Object.assign(fakeFeed(system, 0), { entries: template.entries });
    if (wrong !== undefined) server.misbehave.set(system, wrong);
    const source = sourceAt(parts, system, server.serve(feed));
    const faults = await takeThrough(source, parts.journal, { system, position: count });
    const positions = parts.journal.journaled(system).map(([, position]) => position);
    return { faults: [...new Set(faults)], questions: server.questions.get(system) ?? [], isDense: isDense(positions) };
  };
  /** Answers one segment's question wrongly, once. */
  const once = (answer: (asking: Parameters<Misbehaviour>[0], lines: string) => void): Misbehaviour => {
    let left = 1;
    return (asking) =>
      asking.asked.segment !== undefined && left-- > 0 ? answer(asking, asking.feed.segment(asking.asked.segment)) : undefined;
  };

  test('one page, one segment, and the rest by pages from the cursor that came with it', async () => {
    const { faults, questions, isDense } = await take('ahead');
    expect({ faults, isDense }).toEqual({ faults: [], isDense: true });
    expect(questions.map(short)).toEqual(['', 'segment 1', 'epoch-1/10000']);
  });

  test('a segment that ends too early: what came of it stays, the rest comes by pages', async () => {
    const cut = once(({ response }, lines) => void response.writeHead(200, headers).end(gzipSync(lines).subarray(0, -2_000)));
    expect(await take('ahead-cut', cut)).toMatchObject({ faults: ['CUT_OFF'], isDense: true });
  });

  test('lines that were altered after the segment was closed', async () => {
    const altered = once(({ response, feed }, lines) => {
      const other = JSON.stringify(fakeEntry(feed.system, 7, '改过的'));
      response.writeHead(200, headers).end(gzipSync(lines.split('\n').with(6, other).join('\n')));
    });
    expect(await take('ahead-altered', altered)).toMatchObject({ faults: ['HISTORY_ALTERED'], isDense: true });
  });

  test('a line that is missing', async () => {
    const missing = once(
      ({ response }, lines) => void response.writeHead(200, headers).end(gzipSync(lines.split('\n').toSpliced(3_000, 1).join('\n'))),
    );
    expect(await take('ahead-missing', missing)).toMatchObject({ faults: ['POSITIONS_BROKEN'], isDense: true });
  });

  test('a line that is not in form is left to pages, which are asked for twice', async () => {
    const broken = once(
      ({ response }, lines) =>
        void response.writeHead(200, headers).end(gzipSync(lines.split('\n').with(3_000, '{"position":').join('\n'))),
    );
    const { faults, questions, isDense } = await take('ahead-broken', broken);
    expect({ faults, isDense }).toEqual({ faults: [], isDense: true });
    expect(questions.map(short).slice(0, 3)).toEqual(['', 'segment 1', 'epoch-1/1000']);
  });

  test('segments that do not tell how to go on are not used', async () => {
    const silent: Misbehaviour = ({ asked, response, feed }) =>
      asked.segment === undefined ? undefined : void response.writeHead(200, withoutCursor).end(gzipSync(feed.segment(asked.segment)));
    const { faults, questions, isDense } = await take('ahead-silent', silent);
    expect({ faults, isDense }).toEqual({ faults: [], isDense: true });
    expect(questions.filter(({ segment }) => segment !== undefined)).toHaveLength(1);
  });
});

const withoutCursor = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip', 'hub-feed-epoch': 'epoch-1' };
const headers = { ...withoutCursor, 'hub-feed-cursor': 'epoch-1/10000' };

function short({ segment, after = '' }: FeedQuestion): string {
  return segment === undefined ? after : `segment ${segment}`;
}

function isDense(positions: readonly number[]): boolean {
  return positions.length === count && positions.every((position, index) => position === index + 1);
}
