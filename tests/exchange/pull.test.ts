/**
 * The reference consumer against a hub's feed: it has everything once, proves it, says so, and names what differs.
 */
import { nationalStates } from '@hub/exchange';
import { openHub, openPostgresStore, openSigner, pull, type PulledStore, type PullOptions, reconcile } from '@hub/consumer';
import { openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HubFeed, madeChanges, openHubFeed } from '../support/hub-feed.ts';

const opened = new AsyncDisposableStack();
let hub: HubFeed;
let databaseUrl: string;
let store: PulledStore;
let kept: postgres.Sql;
/** A closed segment, and a few behind it. */
const size = 10_040;

beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  databaseUrl = opened.use(await openTestDatabase()).url;
  store = opened.use(await openPostgresStore(databaseUrl));
  kept = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  opened.defer(() => kept.end());
  await hub.add(madeChanges(size));
  await hub.yesterday(10_020);
  await hub.close();
});
afterAll(() => opened.disposeAsync());

function options(more: Partial<PullOptions> = {}): PullOptions {
  const signer = openSigner(hub.nationKey, { issuer: 'nation', audience: 'exchange' });
  return { hub: openHub({ url: hub.origin, signer }), store, signers: [hub.signer], ...more };
}

async function outcomeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
}

describe('Pulling', () => {
  test('everything, once, proved and confirmed', async () => {
    const steps: string[] = [];
    const outcome = await pull(options({ onStep: (step) => void steps.push(step) }));
    expect({ ...outcome, epoch: '', signers: [] }).toEqual({ epoch: '', after: 0, position: size, statements: 2, signers: [] });
    const [counted] = await kept`select count(*)::int, min(position)::int, max(position)::int from pulled_entry`;
    expect(counted).toEqual({ count: size, min: 1, max: size });
    expect([steps.filter((step) => step === 'kept').length, steps.slice(-3)]).toEqual([11, ['checked', 'confirmed', 'confirmed']]);
    const states = await nationalStates(hub.exchange.sql, [1, 10_000, size, size + 1]);
    expect(states.map(({ state }) => state)).toEqual(['CONFIRMED', 'CONFIRMED', 'CONFIRMED', 'PENDING']);
    expect(hub.faults).toEqual([]);
  });

  test('again: nothing new, nothing twice', async () => {
    const { after, position, statements } = await pull(options());
    expect([after, position, statements]).toEqual([size, size, 0]);
    await expect(kept`select from pulled_entry`).resolves.toHaveLength(size);
  });

  test('what is new, with what stands of each record', async () => {
    await hub.add([
      { key: 'R1', version: 2, fields: { TENDER_PROJECT_NAME: '改' } },
      { key: 'R2', version: 2, op: 'withdraw' },
    ]);
    expect((await pull(options())).position).toBe(size + 2);
    const standing = await kept`select key, version, entry->>'op' as op from pulled_record where key in ('R1', 'R2', 'R3') order by key`;
    expect(standing).toEqual([
      { key: 'R1', version: 2, op: 'put' },
      { key: 'R2', version: 2, op: 'withdraw' },
      { key: 'R3', version: 1, op: 'put' },
    ]);
  });

  test('entries altered, dropped and moved here are found and named, and nothing else', async () => {
    await kept`create table before as select * from pulled_entry where position in (7003, 7004, 10030)`;
    await kept`update pulled_entry set place = set_byte(place, 40, get_byte(place, 40) # 1) where position = 7003`;
    await kept`update pulled_entry set position = -1 where position = 7004`;
    await kept`delete from pulled_entry where position = 10030`;
    const [calls, found] = [hub.asked.length, await reconcile(options())];
    expect(found?.differences.map(({ kind, theirs }) => [kind, theirs?.position]).toSorted()).toEqual([
      ['ALTERED', 7003],
      ['MISSING', 10030],
      ['MISSING', 7004],
    ]);
    expect([found?.complete, hub.asked.length - calls]).toEqual([true, found?.calls]);
    expect(found?.calls).toBeLessThanOrEqual(4);
    await kept`delete from pulled_entry where position in (7003, -1)`;
    await kept`insert into pulled_entry select * from before`;
    expect((await reconcile(options()))?.differences).toEqual([]);
  });

  test('damage here stops the next pull before it confirms', async () => {
    await kept`update pulled_entry set place = set_byte(place, 40, get_byte(place, 40) # 1) where position = 10035`;
    await hub.add([{ key: 'NEW' }]);
    expect(await outcomeOf(pull(options()))).toContain('不符');
    expect((await store.cursor()).confirmed).toBe(size + 2);
    await kept`update pulled_entry set place = set_byte(place, 40, get_byte(place, 40) # 1) where position = 10035`;
    expect((await pull(options())).position).toBe(size + 3);
    expect((await store.cursor()).confirmed).toBe(size + 3);
  });
});

describe('A hub with another key of its statements', () => {
  test('is not believed until the operator says so, and what the old key signed holds on', async () => {
    const fresh = await hub.rotate();
    await hub.add([{ key: 'ROTATED' }]);
    const { signers: _, ...pinned } = options();
    expect(await outcomeOf(pull(pinned))).toContain(`公钥 ${fresh.fingerprint} 签的，不在所信任的之列`);
    expect((await store.cursor()).confirmed).toBe(size + 3);
    expect((await pinned.hub.keys()).map(({ fingerprint }) => fingerprint)).toEqual([fresh.fingerprint, hub.signer.fingerprint]);
    await pull(options({ signers: [hub.signer, fresh] }));
    expect((await pull(pinned)).signers.map(({ fingerprint }) => fingerprint)).toEqual([hub.signer.fingerprint, fresh.fingerprint]);
    expect((await store.cursor()).confirmed).toBe(size + 4);
    await pull(options({ signers: [fresh] }));
    expect((await pull(pinned)).signers.map(({ fingerprint }) => fingerprint)).toEqual([fresh.fingerprint]);
  });
});

describe('A hub restored from a backup, and again', () => {
  test.each([
    ['a few entries', { to: 10_030, again: madeChanges(1, 10_035), setAside: 14, lost: 13 }],
    ['a closed segment', { to: 9_000, again: [{ key: 'R9001', fields: { TENDER_PROJECT_NAME: '另' } }], setAside: 1_031, lost: 1_045 }],
  ])('without %s: what it lost is set aside, none deleted, and the pull goes on', async (_what, { to, again, setAside, lost }) => {
    await hub.restoreTo(to);
    await hub.add(again);
    const { signers: _, ...pinned } = options();
    expect(await outcomeOf(pull(pinned))).toContain('--reconcile');
    const found = await reconcile(pinned);
    expect([found?.setAside, found?.statement?.to, found?.differences]).toEqual([setAside, to, []]);
    expect((await pull(pinned)).position).toBe(to + 1);
    expect((await store.cursor()).confirmed).toBe(to + 1);
    await expect(kept`select from pulled_lost`).resolves.toHaveLength(lost);
  });
});
