/**
 * `npm run load`: records in the standard's wire form from files into one system. Good records are stored; of bad ones every
 * violation is told, with file, line, dataset, field, rule and value; values that are not public are masked.
 * @see design/feed.md 3, schema/PROTOCOL.md
 */
import {
  type Accepted,
  type Incoming,
  type SystemStore,
  type WireEntry,
  type WireFound,
  type WireProblem,
  acceptRecords,
  liveBatchSize,
  readWireFile,
} from '@hub/kit';
import { type Violation, shownValue } from '@hub/schema';

/** One violation, where it stands. */
export interface Reported {
  readonly file: string;
  readonly line: number;
  /** Empty where no record could be read. */
  readonly dataset: string;
  readonly field: string;
  readonly rule: string;
  readonly severity: 'refusal' | 'warning';
  /** Masked when it is not public; undefined when there is none. */
  readonly value: string | undefined;
  readonly messageZh: string;
  readonly messageEn: string;
}

/** What a file, or all files so far, brought. */
export interface LoadCount {
  readonly read: number;
  /** New versions put in place; withdrawals are counted apart. */
  readonly stored: number;
  readonly withdrawn: number;
  readonly unchanged: number;
  readonly superseded: number;
  readonly refused: number;
  readonly warned: number;
  /** Files that hold no message, are of another form or end too early: what is wrong with them counts as no record. */
  readonly spoilt: number;
}

/** How to load. */
export interface LoadOptions {
  readonly files: readonly string[];
  /** Canonical instant. */
  readonly receivedAt: () => string;
  readonly onViolation: (violation: Reported) => void;
  /** Called after each batch. */
  readonly onProgress: (file: string, count: LoadCount) => void;
}

const nothing: LoadCount = { read: 0, stored: 0, withdrawn: 0, unchanged: 0, superseded: 0, refused: 0, warned: 0, spoilt: 0 };

/**
 * Violations are told in the order of files and lines.
 * @returns Counts of all files together.
 * @throws HubError FOLDER_UNREADABLE for a file that cannot be read; what was stored before stays.
 */
export async function loadFiles(target: SystemStore, options: LoadOptions): Promise<LoadCount> {
  let count = nothing;
  for (const file of options.files) {
    let batch: WireEntry[] = [];
    const flush = async (): Promise<void> => {
      count = add(count, await loadBatch(target, { ...options, file, batch }));
      batch = [];
      options.onProgress(file, count);
    };
    for await (const entry of readWireFile(file)) {
      batch.push(entry);
      if (batch.length === liveBatchSize) await flush();
    }
    await flush();
  }
  return count;
}

async function loadBatch(
  target: SystemStore,
  { batch, file, receivedAt, onViolation }: LoadOptions & { readonly batch: readonly WireEntry[]; readonly file: string },
): Promise<LoadCount> {
  const records = batch.flatMap((entry) => ('problem' in entry ? [] : [{ entry, incoming: incomingOf(entry) }]));
  const answers = await acceptRecords(
    target,
    records.map(({ incoming }) => incoming),
    receivedAt(),
  );
  const answerOf = new Map(records.map(({ entry }, place) => [entry, answers[place]]));
  let count = nothing;
  for (const entry of batch) {
    if ('problem' in entry) {
      onViolation(unreadable(file, entry));
      count = add(count, entry.ofFile === true ? { ...nothing, spoilt: 1 } : { ...nothing, read: 1, refused: 1 });
      continue;
    }
    const answer = answerOf.get(entry);
    if (answer === undefined) continue;
    const { line } = entry;
    for (const violation of [...answer.refusals, ...answer.warnings]) onViolation(report(target, answer, { violation, file, line }));
    count = add(count, countOf(answer));
  }
  return count;
}

function incomingOf({ record, message }: WireFound): Incoming {
  return { record, message, source: { kind: 'SYSTEM' } };
}

function unreadable(file: string, { line, problem }: WireProblem): Reported {
  return {
    file,
    line,
    dataset: '',
    field: '',
    rule: 'MESSAGE_UNREADABLE',
    severity: 'refusal',
    value: undefined,
    messageZh: problem.zh,
    messageEn: problem.en,
  };
}

function report(
  { store }: SystemStore,
  { incoming }: Accepted,
  { violation, file, line }: { readonly violation: Violation; readonly file: string; readonly line: number },
): Reported {
  const { dataset } = incoming.record;
  const known = store.byCode.get(dataset)?.dataset;
  const { rule, field, severity, messageZh, messageEn } = violation;
  const value = known === undefined ? undefined : shownValue(known, violation);
  return { file, line, dataset, field, rule, severity, value, messageZh, messageEn };
}

function countOf({ incoming, outcome, refusals, warnings }: Accepted): LoadCount {
  const refused = refusals.length > 0;
  const changed = outcome?.state === 'ACCEPTED';
  const withdrawal = incoming.record.op === 'withdraw';
  return {
    ...nothing,
    read: 1,
    stored: changed && !withdrawal ? 1 : 0,
    withdrawn: changed && withdrawal ? 1 : 0,
    unchanged: outcome?.state === 'UNCHANGED' ? 1 : 0,
    superseded: outcome?.state === 'SUPERSEDED' ? 1 : 0,
    refused: refused ? 1 : 0,
    warned: !refused && warnings.length > 0 ? 1 : 0,
  };
}

function add(a: LoadCount, b: LoadCount): LoadCount {
  return {
    read: a.read + b.read,
    stored: a.stored + b.stored,
    withdrawn: a.withdrawn + b.withdrawn,
    unchanged: a.unchanged + b.unchanged,
    superseded: a.superseded + b.superseded,
    refused: a.refused + b.refused,
    warned: a.warned + b.warned,
    spoilt: a.spoilt + b.spoilt,
  };
}
