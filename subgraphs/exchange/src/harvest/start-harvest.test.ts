/**
 * All systems at once, over real HTTP: what one does is its own affair. @see start-harvest.ts
 */
import { createSigner, createSigningKey } from '@hub/kit/process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { testLimits } from '../testing/bad-source.ts';
import { type FakeFeed, fakeEntry, fakeFeed } from '../testing/fake-feed.ts';
import { type FeedServer, type Misbehaviour, openFeedServer } from '../testing/feed-server.ts';
import { memoryJournal } from '../testing/memory-journal.ts';
import { openPauses } from '../testing/paused.ts';

import type { HarvestLimits } from './source-parts.ts';
import { startHarvest } from './start-harvest.ts';

const signer = createSigner({ key: createSigningKey(), issuer: 'exchange' });

describe('The harvest of a province', () => {
  let server: FeedServer;
  beforeAll(async () => void (server = await openFeedServer()));
  afterAll(() => server[Symbol.asyncDispose]());

  const open = (other: Partial<HarvestLimits> = {}) => {
    const [journal, pauses, faults] = [memoryJournal(), openPauses(), new Array<unknown>()];
    const limits = { ...testLimits, first: 10, headMs: 2_000, bodyMs: 2_000, ...other };
    const onFault = (cause: unknown): void => void faults.push(cause);
    const harvest = startHarvest({
      journal,
      signer,
      onFault,
      reach: { loopback: true },
      limits,
      pause: pauses.pause,
      random: () => 0,
      pagesAtOnce: 2,
    });
    const positions = (feeds: readonly FakeFeed[]) => feeds.map(({ system }) => journal.journaled(system).length);
    return { journal, pauses, faults, harvest, positions };
  };
  const rowOf = (feed: FakeFeed) => ({ code: feed.system, url: server.serve(feed) });

  test('23 systems, three of which misbehave: the others are taken whole, and so are the three once they are well', async () => {
    const { journal, pauses, faults, harvest, positions } = open();
    await using _harvest = harvest;
    const feeds = Array.from({ length: 23 }, (_, index) => fakeFeed(`city-${index}`, 25));
    const bad = feeds.slice(0, 3);
    const wrongs: readonly Misbehaviour[] = [() => '<html>', () => null, ({ request }) => void request.socket.destroy()];
    for (const [index, { system }] of bad.entries()) server.misbehave.set(system, (asking) => wrongs[index]?.(asking));
    harvest.follow(feeds.map(rowOf));
    await expect.poll(() => positions(feeds.slice(3)), { timeout: 10_000 }).toEqual(Array.from({ length: 20 }, () => 25));
    await expect.poll(() => bad.map(({ system }) => journal.noted.get(system)?.length), { timeout: 10_000 }).toEqual([1, 1, 1]);
    expect(positions(bad)).toEqual([0, 0, 0]);
    for (const { system } of bad) server.misbehave.delete(system);
    pauses.end();
    await expect.poll(() => positions(bad), { timeout: 10_000 }).toEqual([25, 25, 25]);
    const codes = bad.map(({ system }) => journal.noted.get(system)?.map((noted) => (noted === 'well' ? noted : noted.code)));
    expect(codes).toEqual([
      ['NOT_JSON', 'well'],
      ['TIMEOUT', 'well'],
      ['UNREACHABLE', 'well'],
    ]);
    expect([...journal.noted.keys()].toSorted()).toEqual(bad.map(({ system }) => system));
    expect(faults).toEqual([]);
  });

  test('systems behind one address: while the questions of four are left waiting, the fifth is taken', async () => {
    const { journal, harvest, positions } = open({ headMs: 60_000 });
    await using _harvest = harvest;
    const waiting = Array.from({ length: 4 }, (_, index) => fakeFeed(`quiet-${index}`, 5));
    for (const { system } of waiting) server.misbehave.set(system, () => null);
    harvest.follow(waiting.map(rowOf));
    await expect.poll(() => waiting.map(({ system }) => server.questions.get(system)?.length), { timeout: 10_000 }).toEqual([1, 1, 1, 1]);
    const fifth = fakeFeed('lively', 25);
    harvest.follow([...waiting, fifth].map(rowOf));
    await expect.poll(() => positions([...waiting, fifth]), { timeout: 10_000 }).toEqual([0, 0, 0, 0, 25]);
    expect([...journal.noted]).toEqual([]);
  });

  test('a city with very much to tell never keeps a small one from its turn', async () => {
    const { journal, harvest, positions } = open();
    await using _harvest = harvest;
    const large = fakeFeed('large', 2_000);
    const small = Array.from({ length: 4 }, (_, index) => fakeFeed(`small-${index}`, 30));
    harvest.follow([large, ...small].map(rowOf));
    await expect.poll(() => positions(small), { timeout: 10_000 }).toEqual([30, 30, 30, 30]);
    const last = journal.pages.findLastIndex(({ system, scanned }) => system !== 'large' && scanned.to === 30);
    const before = journal.pages.slice(0, last).filter(({ system }) => system === 'large').length;
    expect(before).toBeLessThan(40);
    await expect.poll(() => positions([large]), { timeout: 10_000 }).toEqual([2_000]);
  });

  test('systems are taken up, moved and left while it runs, and nothing is taken twice', async () => {
    const { journal, pauses, harvest, positions } = open();
    await using _harvest = harvest;
    await using elsewhere = await openFeedServer();
    const [one, two] = [fakeFeed('one', 15), fakeFeed('two', 15)];
    harvest.follow([rowOf(one)]);
    await expect.poll(() => positions([one, two])).toEqual([15, 0]);
    one.entries = [...one.entries, fakeEntry('one', 16)];
    harvest.follow([{ code: 'one', url: elsewhere.serve(one) }, rowOf(two)]);
    await expect.poll(() => positions([one, two])).toEqual([16, 15]);
    expect(elsewhere.questions.get('one')?.[0]?.after).toBe('epoch-1/15');
    harvest.follow([rowOf(two)]);
    expect(harvest.followed).toEqual(['two']);
    const asked = elsewhere.questions.get('one')?.length;
    two.entries = [...two.entries, fakeEntry('two', 16)];
    pauses.end();
    await expect.poll(() => positions([two])).toEqual([16]);
    expect(elsewhere.questions.get('one')?.length).toBe(asked);
    expect(journal.journaled('one').map(([, position]) => position)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
  });

  test('a source is left alone over a start for as long as it asked for, a quarter of an hour at the most, but not elsewhere', async () => {
    const { journal, pauses, harvest, positions } = open();
    await using _harvest = harvest;
    await using elsewhere = await openFeedServer();
    const feeds = [fakeFeed('patient', 12), fakeFeed('moving', 12)];
    const fault = { code: 'BUSY', zh: '', en: '', evidence: '', retryAtMs: Date.now() + 86_400_000 } as const;
    for (const { system } of feeds) await journal.fault(system, fault);
    harvest.follow(feeds.map(rowOf));
    await expect.poll(() => pauses.asked).toEqual([900_000, 900_000]);
    harvest.follow(feeds.map((feed) => (feed.system === 'moving' ? { code: 'moving', url: elsewhere.serve(feed) } : rowOf(feed))));
    await expect.poll(() => positions(feeds)).toEqual([0, 12]);
    expect(server.questions.has('patient')).toBe(false);
    pauses.end();
    await expect.poll(() => positions(feeds)).toEqual([12, 12]);
  });

  test('a fault of the journal is the exchange’s own: no system is blamed, and the page is taken later', async () => {
    const { journal, pauses, faults, harvest, positions } = open();
    await using _harvest = harvest;
    const feed = fakeFeed('innocent', 12);
    journal.before = () => {
      throw new Error('the database is away');
    };
    harvest.follow([rowOf(feed)]);
    await expect.poll(() => faults.length).toBe(1);
    journal.before = () => {};
    pauses.end();
    await expect.poll(() => positions([feed])).toEqual([12]);
    expect(journal.noted.get('innocent')).toEqual(['well']);
  });
});
