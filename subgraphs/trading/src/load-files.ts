/**
 * `npm run load`: records in the standard's wire form from files into one system. Good records are stored; of bad ones every
 * violation is told, with file, line, dataset, field, rule and value; values that are not public are masked.
 * @see design/feed.md 3, schema/PROTOCOL.md
 */
import { type Accepted, type Incoming, type SystemStore, acceptRecords, batchSize, readWireFile } from '@hub/kit';
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
  readonly stored: number;
  readonly unchanged: number;
  readonly superseded: number;
  readonly refused: number;
  readonly warned: number;
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

const nothing: LoadCount = { read: 0, stored: 0, unchanged: 0, superseded: 0, refused: 0, warned: 0 };

interface Placed extends Incoming {
  readonly line: number;
}

/**
 * @returns Counts of all files together.
 * @throws HubError FOLDER_UNREADABLE for a file that cannot be read; what was stored before stays.
 */
export async function loadFiles(target: SystemStore, options: LoadOptions): Promise<LoadCount> {
  let count = nothing;
  for (const file of options.files) {
    let batch: Placed[] = [];
    const flush = async (): Promise<void> => {
      count = add(count, await loadBatch(target, { ...options, file, batch }));
      batch = [];
      options.onProgress(file, count);
    };
    for await (const entry of readWireFile(file)) {
      if ('problem' in entry) {
        const { zh, en } = entry.problem;
        options.onViolation({
          file,
          line: entry.line,
          dataset: '',
          field: '',
          rule: 'MESSAGE_UNREADABLE',
          severity: 'refusal',
          value: undefined,
          messageZh: zh,
          messageEn: en,
        });
        count = add(count, { ...nothing, read: 1, refused: 1 });
        continue;
      }
      batch.push({ record: entry.record, message: entry.message, source: { kind: 'SYSTEM' }, line: entry.line });
      if (batch.length === batchSize) await flush();
    }
    await flush();
  }
  return count;
}

async function loadBatch(
  target: SystemStore,
  { batch, file, receivedAt, onViolation }: LoadOptions & { readonly batch: readonly Placed[]; readonly file: string },
): Promise<LoadCount> {
  const answers = await acceptRecords(target, batch, receivedAt());
  let count = nothing;
  for (const [place, answer] of answers.entries()) {
    const line = batch[place]?.line ?? 0;
    for (const violation of [...answer.refusals, ...answer.warnings]) onViolation(report(target, answer, { violation, file, line }));
    count = add(count, countOf(answer));
  }
  return count;
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

function countOf({ outcome, refusals, warnings }: Accepted): LoadCount {
  const refused = refusals.length > 0;
  return {
    read: 1,
    stored: outcome?.state === 'ACCEPTED' ? 1 : 0,
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
    unchanged: a.unchanged + b.unchanged,
    superseded: a.superseded + b.superseded,
    refused: a.refused + b.refused,
    warned: a.warned + b.warned,
  };
}
