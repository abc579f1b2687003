/**
 * One round of one entry: a pass over all rows when one is due (the first time, after a change of the mapping, and now and
 * then to find what was withdrawn), else what has changed. Ended in its midst, by a signal or by `kill -9`, the next round goes
 * on where it was.
 * @see subgraphs/bridge/README.md «位置 · Positions»
 */
import { createHash } from 'node:crypto';

import { liveBatchSize } from '@hub/kit';
import { HubError } from '@hub/schema';

import { type Entry, entryName } from '../mapping/mapping.ts';
import type { Reader, ReadRequest } from '../read/reader.ts';
import type { EntryName } from '../state/bridge-name.ts';
import { type Position, readPosition, writePosition } from '../state/position.ts';

import type { Bridge } from './bridge.ts';
import { type BridgeCount, addCounts, noCount } from './count.ts';
import { storeBatch } from './store-batch.ts';
import { withdrawUnseen } from './withdraw-unseen.ts';

const hourMs = 3_600_000;

/** @returns What the round brought. @throws HubError as the reader does; SYSTEM_FAILED when too much would be withdrawn. */
export async function runEntry(bridge: Bridge, reader: Reader, entry: Entry): Promise<BridgeCount> {
  const { system, bridge: bridgeName } = bridge.mapping;
  const name = { system, bridge: bridgeName, entry: entryName(entry) };
  const { db } = bridge.target.store;
  const found = await readPosition(db, name);
  if (!isPassDue(bridge, entry, found)) {
    return readOn(bridge, reader, { entry, name, position: found, pass: 'changes' });
  }
  const mapping = fingerprint(bridge, entry);
  const isUnderWay = found.passing && found.mapping === mapping;
  const position = isUnderWay ? found : { ...(await beginPass(reader, entry, found)), mapping };
  await writePosition(db, name, position);
  const read = await readOn(bridge, reader, { entry, name, position, pass: 'all' });
  if (bridge.signal.aborted) return read;
  const withdrawn = await withdrawUnseen(bridge, { entry, name, pass: position.pass });
  if (bridge.signal.aborted) return addCounts(read, withdrawn);
  await writePosition(db, name, {
    ...position,
    passing: false,
    passFrom: undefined,
    changesFrom: position.mark,
    passedAtMs: bridge.nowMs(),
  });
  return addCounts(read, withdrawn);
}

function isPassDue(bridge: Bridge, entry: Entry, position: Position): boolean {
  const { mapping, nowMs } = bridge;
  if (position.passing || position.passedAtMs === undefined || position.changesFrom === undefined) return true;
  return position.mapping !== fingerprint(bridge, entry) || nowMs() - position.passedAtMs >= mapping.fullEveryHours * hourMs;
}

/** Where changes go on is asked before anything is read: what comes meanwhile is then read twice rather than never. */
async function beginPass(reader: Reader, entry: Entry, found: Position): Promise<Position> {
  const mark = await reader.mark(entry);
  return { ...found, pass: found.pass + 1, passing: true, passFrom: undefined, mark };
}

interface Reading {
  readonly entry: Entry;
  readonly name: EntryName;
  readonly position: Position;
  readonly pass: ReadRequest['pass'];
}

async function readOn(bridge: Bridge, reader: Reader, { entry, name, position, pass }: Reading): Promise<BridgeCount> {
  const { db, byCode } = bridge.target.store;
  const dataset = byCode.get(entry.dataset)?.dataset;
  if (dataset === undefined) throw datasetUnknown(entry);
  let count = noCount;
  let reached = pass === 'all' ? position.passFrom : position.changesFrom;
  const request = { pass, from: reached, batchRows: liveBatchSize };
  for await (const { rows, position: next } of reader.read(entry, request)) {
    count = addCounts(count, await storeBatch(bridge, { entry, dataset, name, rows, pass: position.pass }));
    reached = next ?? reached;
    await writePosition(db, name, { ...position, ...(pass === 'all' ? { passFrom: reached } : { changesFrom: reached }) });
    bridge.onProgress(name.entry, count);
    if (bridge.signal.aborted) break;
  }
  return count;
}

/** What rows become; a change of it is a reason to read all of them again. */
function fingerprint({ mapping: { source }, views }: Pick<Bridge, 'mapping' | 'views'>, entry: Entry): string {
  const call = source.kind === 'portal' ? source.calls[entry.from] : undefined;
  const view = views?.get(entry.from);
  return createHash('sha256')
    .update(JSON.stringify([{ ...entry, note: undefined }, call, ...(view === undefined ? [] : [view])]))
    .digest('hex');
}

function datasetUnknown({ dataset }: Entry): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: `没有数据集 ${dataset}，请核对映射的 dataset。`,
    en: `There is no dataset ${dataset}: check the mapping.`,
  });
}
