/**
 * From sources into the journal itself: outages of either side lose and repeat nothing, and what cannot be used is kept as it came.
 * @see README «采集 Harvest»; design/feed.md 5 and 8
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readSource } from '../store/source-state.ts';
import { openSource, type Source } from './follow-source.ts';
import { journalOf } from './journal-of-store.ts';
import { testParts } from '../testing/bad-source.ts';
import { type FakeFeed, fakeEntry, fakeFeed } from '../testing/fake-feed.ts';
import { type FeedServer, openFeedServer } from '../testing/feed-server.ts';
import { lenientContracts } from '../testing/lenient-law.ts';
import { openTestExchange, type TestExchange } from '../testing/test-exchange.ts';

describe('The harvest, into the journal', () => {
  const opened = new AsyncDisposableStack();
  let [server, exchange]: [FeedServer?, TestExchange?] = [];
  beforeAll(async () => {
    server = opened.use(await openFeedServer());
    exchange = opened.use(await openTestExchange({ contracts: lenientContracts() }));
  });
  afterAll(() => opened.disposeAsync());

  /** A feed, and what opens the harvest of it anew, as a start does. */
  const open = (count: number) => {
    if (server === undefined || exchange === undefined) throw new Error('nothing runs');
    const [world, feed] = [{ server, exchange }, fakeFeed(exchange.system(), count)];
    const parts = opened.use({ ...testParts(), journal: journalOf(exchange.store) });
    const url = server.serve(feed);
    return { ...world, feed, start: () => openSource(parts, { code: feed.system, url }) };
  };
  const all = (feed: FakeFeed) => feed.entries.map(({ position }) => `${position} ACCEPTED`);

  test('a system goes down and comes back, the exchange ends and starts, cursors vanish: everything is there once', async () => {
    const { server: at, exchange: to, feed, start } = open(14);
    const source = start();
    await stepsOf(source, 2);
    at.misbehave.set(feed.system, ({ request }) => void request.socket.destroy());
    expect(await stepsOf(source, 2)).toEqual(['UNREACHABLE', 'UNREACHABLE']);
    at.misbehave.delete(feed.system);
    await stepsOf(source, 2);
    at.misbehave.set(feed.system, ({ asked, response }) => (asked.after === undefined ? undefined : void response.writeHead(410).end()));
    const again = start();
    expect(await stepsOf(again, 1)).toEqual(['CURSOR_LOST']);
    await stepsOf(again, 1);
    at.misbehave.delete(feed.system);
    await stepsOf(again, 8);
    feed.entries = [...feed.entries, fakeEntry(feed.system, 15)];
    await stepsOf(start(), 1);
    await to.sequence();
    expect(await to.states(feed.system)).toEqual(all(feed));
    expect((await to.told(feed.system)).length).toBe(15);
  });

  test('changes that cannot be used cost themselves alone, and are kept as they came', async () => {
    const { server: at, exchange: to, feed, start } = open(6);
    const right = feed.entries;
    feed.entries = right.map((entry) => {
      if (entry.position === 2) return { ...entry, hash: '0'.repeat(64) };
      if (entry.position === 3) return { ...entry, dataset: 'NO_SUCH_DATASET' };
      return entry.position === 4 ? { ...entry, key: 'half \uD800' } : entry;
    });
    const broken = JSON.stringify(right[4]).replace('某平台', '某\0平台');
    at.misbehave.set(feed.system, (asking) => asking.right.replace(JSON.stringify(right[4]), broken));
    expect(await stepsOf(start(), 6)).toEqual([]);
    const [refused, kept] = await Promise.all([
      to.sql`select position::int, violations->0->>'rule' as rule from change where system = ${feed.system} and state = 'REFUSED' order by position`,
      to.sql<{ raw: Buffer }[]>`select raw from unusable u join change c on c.id = u.change where c.system = ${feed.system}`,
    ]);
    expect([...refused]).toEqual([
      { position: 2, rule: 'HASH_MISMATCH' },
      { position: 3, rule: 'DATASET_UNKNOWN' },
      { position: 4, rule: 'TEXT_UNREADABLE' },
      { position: 5, rule: 'MESSAGE_UNREADABLE' },
    ]);
    expect(kept.map(({ raw }) => raw.toString())).toEqual([broken]);
    expect((await to.states(feed.system)).length).toBe(6);
  });

  test('a restore that lost data: the new epoch is taken by its snapshot, and goes on from there', async () => {
    const { exchange: to, feed, start } = open(7);
    const source = start();
    await stepsOf(source, 3);
    feed.epoch = 'epoch-2';
    feed.entries = [...feed.entries.slice(0, 5), fakeEntry(feed.system, 6, '恢复之后')];
    expect(await stepsOf(source, 2)).toEqual(['EPOCH_CHANGED']);
    // Ended in the middle of the snapshot.
    feed.entries = [...feed.entries, fakeEntry(feed.system, 7), fakeEntry(feed.system, 8)];
    expect(await stepsOf(start(), 3)).toEqual([]);
    const { epoch, position, state } = (await readSource(to.store, feed.system)) ?? {};
    expect({ epoch, position, state }).toEqual({ epoch: 'epoch-2', position: 8, state: 'FOLLOWING' });
    expect((await to.sql`select from change where system = ${feed.system} and state <> 'ACCEPTED'`).length).toBe(0);
  });

  test('a clock that is a day off is measured, and stops nothing', async () => {
    const { server: at, exchange: to, feed, start } = open(6);
    at.misbehave.set(feed.system, ({ response }) => void response.setHeader('date', new Date(Date.now() + 86_400_000).toUTCString()));
    await stepsOf(start(), 3);
    const { offsetMs, position } = (await readSource(to.store, feed.system)) ?? {};
    expect({ days: Math.round((offsetMs ?? 0) / 86_400_000), position }).toEqual({ days: 1, position: 6 });
  });
});

/** @returns Codes of the faults on the way. */
async function stepsOf(source: Source, count: number): Promise<readonly unknown[]> {
  const faults: unknown[] = [];
  const { signal } = new AbortController();
  for (let step = 0; step < count; step++) {
    await source.step(signal).catch((cause: unknown) => faults.push(cause instanceof Error && 'code' in cause ? cause.code : cause));
  }
  return faults;
}
