/**
 * What a pass over all rows did not see is no longer there: its record is withdrawn, for that reason (`VANISHED`). A source that suddenly lacks much is
 * rather broken than right, so that is refused until somebody says it is meant.
 * @see standard/exchange.md 5
 */
import { acceptRecords, liveBatchSize, writeJsonLine } from '@hub/kit';
import { HubError, type WireRecord } from '@hub/schema';

import { type Entry, entryName } from '../mapping/mapping.ts';
import type { EntryName } from '../state/bridge-name.ts';
import { writePosition, readPosition } from '../state/position.ts';
import { type RowState, countUnseen, unseenRows, writeRows } from '../state/rows.ts';

import { type Bridge, receivedAt } from './bridge.ts';
import { type BridgeCount, noCount } from './count.ts';

/** So few may always go. */
const always = 10;

/** Which pass of which entry. */
export interface EndedPass {
  readonly entry: Entry;
  readonly name: EntryName;
  readonly pass: number;
}

/** @returns Counts. @throws HubError SYSTEM_FAILED when more would go than the mapping allows; nothing is withdrawn then. */
export async function withdrawUnseen(bridge: Bridge, { entry, name, pass }: EndedPass): Promise<BridgeCount> {
  const { mapping, target, withdrawMany, signal } = bridge;
  const { db } = target.store;
  const { standing, unseen } = await countUnseen(db, name, pass);
  if (!withdrawMany && unseen > Math.max(always, (standing * mapping.withdrawAtMostPercent) / 100)) {
    // The next round begins another pass: what is missing may be back by then.
    await writePosition(db, name, { ...(await readPosition(db, name)), passing: false, passFrom: undefined, passedAtMs: undefined });
    throw tooMany(entry, { standing, unseen });
  }
  let withdrawn = 0;
  while (!signal.aborted) {
    const rows = await unseenRows(db, name, { pass, most: liveBatchSize });
    if (rows.length === 0) break;
    const records = rows.map((row) => withdrawalOf(entry, row));
    await acceptRecords(
      target,
      records.map((record) => ({
        record,
        source: { kind: 'SYSTEM' },
        reason: 'VANISHED',
        message: { format: 'json', body: writeJsonLine(record) },
      })),
      receivedAt(bridge),
    );
    await writeRows(db, name, { pass, rows: rows.map((row) => ({ ...row, hash: null, standing: false, withdrawn: true })) });
    withdrawn += rows.length;
    bridge.onProgress(name.entry, { ...noCount, withdrawn });
  }
  return { ...noCount, withdrawn };
}

function withdrawalOf({ dataset }: Entry, { key, key_fields: fields }: RowState): WireRecord {
  return { dataset, dataKey: fields === null ? key : undefined, op: 'withdraw', fields: fields ?? {} };
}

function tooMany(entry: Entry, { standing, unseen }: { readonly standing: number; readonly unseen: number }): HubError {
  const name = entryName(entry);
  return new HubError('SYSTEM_FAILED', {
    zh:
      `来源 ${entry.from} 少了 ${unseen} 行（${name} 现有 ${standing} 条），超过 withdrawAtMostPercent，没有撤销任何记录。` +
      '请先查来源；确属撤销的，加 --withdraw-many 再运行一次。',
    en:
      `${unseen} rows are gone from ${entry.from} (${standing} records of ${name} stand), more than withdrawAtMostPercent allows; nothing was withdrawn. ` +
      'Look at the source; if it is right, run once with --withdraw-many.',
  });
}
