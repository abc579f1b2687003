/**
 * Fills one system for a first start, through the same door as any other record. A filled system is stamped; a start that was
 * cut off goes on where it stopped, for a record that is there already changes nothing.
 * @see design/architecture.md «The way of a record»
 */
import type { WireRecord } from '@hub/schema';

import { scenarioRecords } from '../demo/scenario/scenario-records.ts';
import { settingOf } from '../demo/setting.ts';
import type { SystemStore } from '../graph/context.ts';
import { readStamp, writeStamp } from '../store/stamp.ts';
import { writeJsonLine } from '../wire/write-message.ts';
import { type Incoming, acceptRecords, batchSize } from '../write/accept-records.ts';
import type { RecordSource } from '../write/arrival.ts';

import type { FirstData } from './read-first-data.ts';

/** How the demonstration is made. */
export interface FillOptions {
  /** Asked for only when the system is new: later starts need none. */
  readonly data: () => Promise<FirstData>;
  /** Multiplies the demonstration; with 0 there are only published records. */
  readonly scale: number;
  /** `yyyy-MM-dd`: the day up to which the demonstration tells. */
  readonly today: string;
  /** Canonical instant at which the records count as received. */
  readonly receivedAt: string;
}

interface Filling extends Omit<FillOptions, 'data'> {
  readonly data: FirstData;
}

/** What filling did. */
export interface Filled {
  /** Records stored now; 0 when the system was filled before. */
  readonly stored: number;
  /** Records the law refused: the demonstration has dirt in it, as real data has. */
  readonly refused: number;
  /** Of the data there is: another than asked for when the system was filled before. Undefined: not known any more. */
  readonly scale: number | undefined;
}

const seed = 'hub';
const demonstration: RecordSource = { kind: 'DEMONSTRATION' };

/** @returns What was stored and refused. */
export async function fillSystem(target: SystemStore, options: FillOptions): Promise<Filled> {
  const { store, system } = target;
  const stamp = `filled ${system.code}`;
  const filled = await readStamp(store.db, stamp);
  if (filled !== undefined) return { stored: 0, refused: 0, scale: stampedScale(filled) };
  let stored = 0;
  let refused = 0;
  const data = await options.data();
  for (const batch of batchesOf(incoming(target, { ...options, data }))) {
    const answers = await acceptRecords(target, batch, options.receivedAt);
    stored += answers.filter(({ outcome }) => outcome?.state === 'ACCEPTED').length;
    refused += answers.filter(({ refusals }) => refusals.length > 0).length;
  }
  await writeStamp(store.db, stamp, `scale ${options.scale}, ${options.today}`);
  return { stored, refused, scale: options.scale };
}

function stampedScale(text: string): number | undefined {
  const scale = /^scale ([\d.]+),/.exec(text)?.[1];
  return scale === undefined ? undefined : Number(scale);
}

function* incoming({ system, codes }: SystemStore, { data, scale, today }: Filling): Generator<Incoming> {
  for (const { records, source } of data.published.get(system.code) ?? []) {
    for (const record of records) yield wrap(record, source);
  }
  if (data.names === undefined || scale === 0) return;
  const setting = settingOf(data.province, data.names, { system: system.code, seed, today });
  for (const { dirt: _, ...record } of scenarioRecords(setting, { scenarios: data.scenarios, codes, scale })) {
    yield wrap(record, demonstration);
  }
}

function wrap(record: WireRecord, source: RecordSource): Incoming {
  return { record, source, message: { format: 'json', body: writeJsonLine(record) } };
}

function* batchesOf(records: Iterable<Incoming>): Generator<readonly Incoming[]> {
  let batch: Incoming[] = [];
  for (const record of records) {
    batch.push(record);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
