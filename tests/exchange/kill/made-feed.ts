/**
 * A system's feed that is made, not kept: any process makes the same pages from a position on. It has what a journal treats in
 * ways of its own: records, later versions, withdrawals, changes the law refuses, and positions that could not be read.
 * @see design/feed.md 1 and 8
 */
import { type TakenEntry, type TakenPage } from '@hub/exchange';
import { canonicalContent, contentHash } from '@hub/schema';

/** Changes of a page: two transactions, the second a short one. */
export const pageEntries = 260;

const epoch = 'epoch-1';
const at = '2026-11-01T00:00:00.000000Z';

/** @returns The page after a position, of a feed that ends at `head`. */
export function madePage(system: string, after: number, head: number): TakenPage {
  const to = Math.min(head, after - (after % pageEntries) + pageEntries);
  const entries = Array.from({ length: to - after }, (_, place) => madeEntry(system, after + place + 1));
  return {
    system,
    epoch,
    scanned: { from: after + 1, to },
    entries,
    cursor: `cursor-${to}`,
    head,
    snapshot: null,
    heardAt: at,
    offsetMs: undefined,
  };
}

function madeEntry(system: string, position: number): TakenEntry {
  // Codes are the system's own: another's are found to be used. Six changes of two records in turn: put, changed, withdrawn; put; one without its dataset, one that could not be read.
  const [round, turn] = [Math.floor((position - 1) / 6), (position - 1) % 6];
  if (turn === 5) return { position, raw: `{"position":${position},`, violation: unreadable };
  const key = `P${round}-${turn < 3 ? 'a' : 'b'}`;
  const fields = { PROJECT_NAME: `甲${round}-${turn}`, PROJECT_CODE: `${system}-${round}-${turn}` };
  const dataset = turn === 4 ? 'NO_SUCH_DATASET' : 'PROJECT';
  return {
    position,
    dataset,
    key,
    version: turn < 3 ? turn + 1 : 1,
    op: turn === 2 ? 'withdraw' : 'put',
    ...(turn === 2 ? { reason: 'SENDER' } : {}),
    hash: contentHash(dataset, fields),
    payload: canonicalContent(fields),
    dataTimestamp: null,
    contract: 'construction@1.0.0',
    categories: ['construction'],
    source: { kind: 'PUBLISHED' },
    receivedAt: at,
  };
}

const unreadable = { rule: 'MESSAGE_UNREADABLE', severity: 'refusal', field: '', messageZh: '读不成', messageEn: 'unreadable' } as const;
