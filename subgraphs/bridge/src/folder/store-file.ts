/**
 * Messages of one file → the kit's one write function. Good ones are stored though others are bad: each message is for itself.
 * @see schema/PROTOCOL.md «Messages»
 */
import { type Accepted, type WireEntry, acceptRecords, liveBatchSize, readWireFile } from '@hub/kit';

import { type Bridge, receivedAt } from '../run/bridge.ts';
import { type BridgeCount, type RowFinding, addCounts, noCount, shownFinding } from '../run/count.ts';

/** What a file brought. */
export interface StoredFile {
  readonly count: BridgeCount;
  /** What is wrong with it, in its order; the first 1,000. */
  readonly findings: readonly RowFinding[];
}

const mostFindings = 1000;

/** Stores what is right in the file. */
export async function storeFile(bridge: Bridge, { name, path }: { readonly name: string; readonly path: string }): Promise<StoredFile> {
  let count = noCount;
  const findings: RowFinding[] = [];
  const flush = async (batch: readonly WireEntry[]): Promise<void> => {
    const stored = await storeEntries(bridge, name, batch);
    count = addCounts(count, stored.count);
    findings.push(...stored.findings.slice(0, mostFindings - findings.length));
    stored.findings.forEach(bridge.onFinding);
    bridge.onProgress(name, count);
  };
  let batch: WireEntry[] = [];
  for await (const entry of readWireFile(path)) {
    batch.push(entry);
    if (batch.length < liveBatchSize) continue;
    await flush(batch);
    batch = [];
  }
  await flush(batch);
  return { count, findings };
}

async function storeEntries(bridge: Bridge, name: string, batch: readonly WireEntry[]): Promise<StoredFile> {
  const found = batch.flatMap((entry) => ('problem' in entry ? [] : [entry]));
  const answers = await acceptRecords(
    bridge.target,
    found.map(({ record, message }) => ({ record, message, source: { kind: 'SYSTEM' } })),
    receivedAt(bridge),
  );
  const answerOf = new Map(found.map((entry, place): [WireEntry, Accepted | undefined] => [entry, answers[place]]));
  let count = noCount;
  const findings: RowFinding[] = [];
  for (const entry of batch) {
    const row = String(entry.line);
    if ('problem' in entry) {
      const { zh, en } = entry.problem;
      findings.push({
        rule: 'MESSAGE_UNREADABLE',
        severity: 'refusal',
        field: '',
        messageZh: zh,
        messageEn: en,
        entry: name,
        row,
        value: undefined,
      });
      count = addCounts(count, { ...noCount, read: 1, refused: 1 });
      continue;
    }
    const answer = answerOf.get(entry);
    if (answer === undefined) continue;
    const dataset = bridge.target.store.byCode.get(entry.record.dataset)?.dataset;
    findings.push(...[...answer.refusals, ...answer.warnings].map((violation) => shownFinding(dataset, { entry: name, row, violation })));
    count = addCounts(count, countOf(answer));
  }
  return { count, findings };
}

function countOf({ incoming, outcome, refusals, warnings }: Accepted): BridgeCount {
  if (refusals.length > 0) return { ...noCount, read: 1, refused: 1 };
  const changed = outcome?.state === 'ACCEPTED';
  const withdrawal = incoming.record.op === 'withdraw';
  return {
    ...noCount,
    read: 1,
    stored: changed && !withdrawal ? 1 : 0,
    withdrawn: changed && withdrawal ? 1 : 0,
    unchanged: changed ? 0 : 1,
    warned: warnings.length > 0 ? 1 : 0,
  };
}
