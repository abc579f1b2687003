/**
 * Some rows → records → the kit's one write function; then what became of them is noted.
 * @see subgraphs/bridge/README.md; design/architecture.md «The way of a record»
 */
import { type Accepted, type Incoming, type RecordSource, acceptRecords, writeJsonLine } from '@hub/kit';
import { type Dataset, type Violation, type WireRecord, contentHash, recordKey } from '@hub/schema';

import { mapRow } from '../mapping/map-row.ts';
import type { Entry } from '../mapping/mapping.ts';
import type { Row } from '../read/reader.ts';
import type { EntryName } from '../state/bridge-name.ts';
import { type RowState, readRows, writeRows } from '../state/rows.ts';

import { type Bridge, receivedAt } from './bridge.ts';
import { type BridgeCount, noCount, rowFinding } from './count.ts';
import { keyRepeated } from './key-repeated.ts';
import { printTime } from '../mapping/time-format.ts';
import { recordSource } from './record-source.ts';

/** A row on its way. */
interface Mapped {
  readonly key: string;
  readonly record: WireRecord;
  readonly source: RecordSource;
  readonly refusals: readonly Violation[];
  readonly hash: string;
}

/** Which rows, of which pass. */
export interface Batch {
  readonly entry: Entry;
  readonly dataset: Dataset;
  readonly name: EntryName;
  readonly rows: readonly Row[];
  readonly pass: number;
}

/** Stores the rows that say something new. @returns Counts. */
export async function storeBatch(bridge: Bridge, batch: Batch): Promise<BridgeCount> {
  const { name, pass } = batch;
  const { store } = bridge.target;
  const all = batch.rows.map((row) => mapped(bridge, batch, row));
  const single = withoutRepeats(all);
  const keyed = single.filter(({ key }) => key !== '');
  const known = await readRows(
    store.db,
    name,
    keyed.map(({ key }) => key),
  );
  const sendable = keyed.filter(({ key, refusals, hash }) => refusals.length === 0 && known.get(key)?.hash !== hash);
  const answers = await acceptRecords(
    bridge.target,
    sendable.map((row) => incomingOf(bridge, row, known.get(row.key))),
    receivedAt(bridge),
  );
  const answerOf = new Map(sendable.map(({ key }, place) => [key, answers[place]]));
  await writeRows(store.db, name, {
    pass,
    rows: keyed.map((row) => stateOf(batch, row, { known: known.get(row.key), answer: answerOf.get(row.key) })),
  });
  return single.reduce((count, row) => tell(bridge, batch, { row, answer: answerOf.get(row.key), count }), {
    ...noCount,
    read: all.length,
  });
}

function mapped({ mapping }: Bridge, { entry, dataset }: Batch, row: Row): Mapped {
  const { record, refusals } = mapRow(entry, row);
  const key = recordKey(dataset, record) ?? '';
  return { key, record, refusals, source: recordSource(mapping.source, row), hash: contentHash(dataset.code, record.fields) };
}

/** Two rows of one key would take each other's place at every pass: the first stands, the others are refused. */
function withoutRepeats(rows: readonly Mapped[]): readonly Mapped[] {
  const seen = new Set<string>();
  return rows.map((row) => {
    const repeated = row.key !== '' && seen.has(row.key);
    seen.add(row.key);
    return repeated ? { ...row, key: '', refusals: [...row.refusals, keyRepeated] } : row;
  });
}

function incomingOf(bridge: Bridge, { record, source }: Mapped, known: RowState | undefined): Incoming {
  // A row that came back says so now: with its old time it would count as what was said before its withdrawal.
  const again = known?.withdrawn === true && record.fields['DATA_TIMESTAMP'] !== undefined;
  const sent = again ? { ...record, fields: { ...record.fields, DATA_TIMESTAMP: printTime('yyyyMMddHHmmss', bridge.nowMs()) } } : record;
  return { record: sent, source, message: { format: 'json', body: writeJsonLine(sent) } };
}

interface Known {
  readonly known: RowState | undefined;
  readonly answer: Accepted | undefined;
}

function stateOf({ dataset }: Batch, { key, record, refusals, hash }: Mapped, { known, answer }: Known): RowState {
  const accepted = answer?.outcome !== undefined && answer.refusals.length === 0;
  const unchanged = refusals.length === 0 && answer === undefined;
  return {
    key,
    hash: accepted || unchanged ? hash : null,
    standing: accepted || known?.standing === true,
    withdrawn: !accepted && known?.withdrawn === true,
    key_fields: dataset.byFields ? Object.fromEntries(dataset.key.map((code) => [code, record.fields[code] ?? ''])) : null,
  };
}

function tell(
  { onFinding }: Bridge,
  { entry, dataset }: Batch,
  { row, answer, count }: { readonly row: Mapped; readonly answer: Accepted | undefined; readonly count: BridgeCount },
): BridgeCount {
  const refusals = [...row.refusals, ...(answer?.refusals ?? [])];
  const warnings = answer?.warnings ?? [];
  for (const violation of [...refusals, ...warnings]) {
    onFinding(rowFinding(entry, dataset, { row: row.record.dataKey, violation }));
  }
  if (refusals.length > 0) return { ...count, refused: count.refused + 1 };
  const stored = answer?.outcome?.state === 'ACCEPTED';
  return {
    ...count,
    stored: count.stored + (stored ? 1 : 0),
    unchanged: count.unchanged + (stored ? 0 : 1),
    warned: count.warned + (stored && warnings.length > 0 ? 1 : 0),
  };
}
