/**
 * What the nation says of what it pulled: the first answer for a position counts, whatever is said again.
 */
import { openHub, openSigner } from '@hub/consumer';
import { confirmEntries, nationalStates, readConfirmation, readFeedState } from '@hub/exchange';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HubFeed, madeChanges, openHubFeed } from '../support/hub-feed.ts';

const opened = new AsyncDisposableStack();
let hub: HubFeed;
let epoch: string;
beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  await hub.add(madeChanges(20));
  ({ epoch } = await readFeedState(hub.exchange.sql));
});
afterAll(() => opened.disposeAsync());

const refusal = (position: number): { position: number; code: string; reason: string } => ({ position, code: 'E031', reason: '不符\0' });
async function states(): Promise<readonly string[]> {
  const told = await nationalStates(hub.exchange.sql, [1, 3, 5, 6, 11]);
  return told.map(({ state, words }) => (words === null ? state : `${state} ${words}`));
}

describe('The nation’s receipts', () => {
  test('a range, without those it refuses', async () => {
    const { sql } = hub.exchange;
    const first = await confirmEntries(sql, { epoch, from: 1, to: 5, refused: [refusal(3)] });
    expect({ ...first, confirmedAt: '' }).toEqual({
      number: 1,
      epoch,
      range: { from: 1, to: 5 },
      accepted: 4,
      refused: 1,
      added: 5,
      confirmedAt: '',
    });
    expect(await states()).toEqual(['CONFIRMED', 'REFUSED 不符\uFFFD', 'CONFIRMED', 'PENDING', 'PENDING']);
    expect(await confirmEntries(sql, { epoch, from: 1, to: 5, refused: [] })).toEqual(first);
    expect(await readConfirmation(sql, 3)).toEqual(first);
    expect(await readConfirmation(sql, 6)).toBeUndefined();
  });

  test('said otherwise later: the first answer stands', async () => {
    const { sql } = hub.exchange;
    const { number, accepted, refused, added } = await confirmEntries(sql, { epoch, from: 1, to: 10, refused: [refusal(5), refusal(6)] });
    // Refused are 3 of before and 6: the answer for 5 was another.
    expect([number, accepted, refused, added]).toEqual([2, 8, 2, 5]);
    const over = await confirmEntries(sql, { epoch, from: 3, to: 6, refused: [] });
    expect([over.accepted, over.refused, over.added]).toEqual([2, 2, 0]);
    expect(await states()).toEqual(['CONFIRMED', 'REFUSED 不符\uFFFD', 'CONFIRMED', 'REFUSED 不符\uFFFD', 'PENDING']);
    expect((await readConfirmation(sql, 5))?.number).toBe(1);
  });

  test('SENT is what went out, wherever the nation began to read', async () => {
    const signer = openSigner(hub.nationKey, { issuer: 'nation', audience: 'exchange' });
    const pulled = openHub({ url: hub.origin, signer });
    for (const [from, to] of [
      [15, 16],
      [18, 18],
      [17, 17],
    ] as const) {
      await Array.fromAsync(pulled.lines({ from, to }, { closed: false, epoch }));
    }
    const told = await nationalStates(hub.exchange.sql, [11, 14, 15, 17, 18, 19]);
    expect(told.map(({ state }) => state)).toEqual(['PENDING', 'PENDING', 'SENT', 'SENT', 'SENT', 'PENDING']);
    expect(await hub.exchange.sql`select from_position, to_position from served_range`).toEqual([
      { from_position: '15', to_position: '18' },
    ]);
  });

  test.each([
    ['past the end', { from: 15, to: 21, refused: [] }, 'QUERY_INVALID'],
    ['the wrong way round', { from: 5, to: 4, refused: [] }, 'QUERY_INVALID'],
    ['refusing what is outside', { from: 11, to: 12, refused: [refusal(13)] }, 'QUERY_INVALID'],
    ['refusing one twice', { from: 11, to: 12, refused: [refusal(11), refusal(11)] }, 'QUERY_INVALID'],
    ['another epoch', { epoch: 'other', from: 11, to: 12, refused: [] }, 'EPOCH_CHANGED'],
  ])('%s is refused', async (_what, confirmed, code) => {
    await expect(confirmEntries(hub.exchange.sql, { epoch, ...confirmed })).rejects.toMatchObject({ code });
  });
});
