/**
 * Days follow each other without a gap, whatever the clock did, and are fixed when they close.
 * @see design/feed.md 9
 */
import { startProver } from '@hub/exchange';
import { readManifestLine, softwareSigner, readSm2PrivateKey, createSm2Key } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HubFeed, madeChanges, openHubFeed } from '../support/hub-feed.ts';

const opened = new AsyncDisposableStack();
let hub: HubFeed;
beforeAll(async () => void (hub = opened.use(await openHubFeed())));
afterAll(() => opened.disposeAsync());

/** Positions were given at these instants. */
async function givenAt(instants: readonly string[]): Promise<void> {
  await hub.add(madeChanges(instants.length, 1));
  await hub.exchange.sql.begin(async (tx) => {
    // The feed itself refuses to be altered.
    await tx`set local session_replication_role = replica`;
    for (const [at, instant] of instants.entries()) await tx`update feed set sequenced_at = ${instant} where position = ${at + 1}`;
  });
}

async function days(): Promise<readonly unknown[]> {
  const rows = await hub.exchange.sql<{ day: string; line: string }[]>`
    select day::text, line from statement where kind = 'DAY' order by number`;
  return rows.map(({ day, line }) => {
    const said = readManifestLine(line);
    return said?.kind === 'range' ? [day, said.statement.from, said.statement.to] : day;
  });
}

describe('Days of UTC+8', () => {
  test('end at 16:00 UTC, one without entries has no statement, a clock that goes back takes nothing out of a day', async () => {
    await givenAt([
      '2026-11-01T15:59:59.999999Z',
      '2026-11-01T16:00:00Z',
      '2026-11-02T15:00:00Z',
      '2026-11-04T01:00:00Z',
      '2026-11-02T10:00:00Z',
      '2026-11-05T01:00:00Z',
    ]);
    expect(await hub.close()).toBe(4);
    expect(await days()).toEqual([
      ['2026-11-01', 1, 1],
      ['2026-11-02', 2, 3],
      ['2026-11-04', 4, 5],
      ['2026-11-05', 6, 6],
    ]);
  });

  test('today is not over; two provers at once state it once when it is', async () => {
    await hub.add(madeChanges(3, 100));
    expect(await hub.close()).toBe(0);
    await hub.exchange.sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`update feed set sequenced_at = '2026-11-06T00:00:00Z' where position > 6`;
    });
    const key = readSm2PrivateKey(createSm2Key());
    if (key === undefined) throw new Error('no key');
    const faults: unknown[] = [];
    const prover = {
      url: hub.exchange.store.url,
      signer: softwareSigner(key),
      onFault: (cause: unknown) => void faults.push(cause),
      everyMs: 10,
    };
    await using first = startProver(prover);
    await using second = startProver(prover);
    await expect.poll(async () => (await days()).length, { timeout: 10_000 }).toBe(5);
    expect([(await days()).at(-1), faults, first === second]).toEqual([['2026-11-06', 7, 9], [], false]);
  });
});
