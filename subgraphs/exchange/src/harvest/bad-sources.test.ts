/**
 * Sources that misbehave, over real HTTP: of each what becomes of it. Whatever they did, nothing is taken that should not be, and
 * once a source is well again nothing is missing and nothing is there twice.
 * @see README «采集 Harvest»
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { badSources } from '../testing/bad-sources.ts';
import { sourceAt, takeThrough, testParts } from '../testing/bad-source.ts';
import { fakeFeed } from '../testing/fake-feed.ts';
import { type FeedServer, openFeedServer } from '../testing/feed-server.ts';

describe('A source that misbehaves', () => {
  let server: FeedServer;
  beforeAll(async () => void (server = await openFeedServer()));
  afterAll(() => server[Symbol.asyncDispose]());

  test.each(badSources.map((bad, index) => ({ ...bad, system: `bad-${index}` })))(
    '$name: $becomes',
    async ({ wrong, times = 2, becomes, system }) => {
      await using parts = testParts();
      const feed = fakeFeed(system, 6);
      const source = sourceAt(parts, system, server.serve(feed));
      await takeThrough(source, parts.journal, { system, position: 3 });
      let left = times;
      server.misbehave.set(system, (asking) => (left-- > 0 ? wrong(asking) : undefined));
      const faults = await takeThrough(source, parts.journal, { system, position: 6 });
      const journaled = parts.journal.journaled(system).filter(([epoch]) => epoch === feed.epoch);
      const refused = journaled.flatMap(([, position, became]) => (became.length === 64 ? [] : `${position} ${became}`));
      expect([...new Set(faults), ...refused]).toEqual(becomes);
      const right = feed.entries.map(({ position, hash }) => [position, hash]);
      const taken = journaled.map(([, position, became]) => [position, became.length === 64 ? became : right[position - 1]?.[1]]);
      expect(taken).toEqual(right);
    },
  );
});
