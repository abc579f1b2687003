/**
 * `check` of a folder: what the files that lie there now would bring. Nothing is stored, and nothing is moved.
 * @see subgraphs/bridge/README.md «文件夹 · Folder»
 */
import { resolve } from 'node:path';

import { type WireEntry, readWireFile } from '@hub/kit';
import { type Violation, law, validateRecord } from '@hub/schema';

import { waitingFiles } from '../folder/waiting-files.ts';
import type { FolderSource } from '../mapping/mapping.ts';
import { shownFinding } from '../run/count.ts';

import type { CheckOptions } from './check-options.ts';
import type { EntryCheck } from './entry-check.ts';

/** @returns One result for each whole file, oldest first. @throws HubError FOLDER_UNREADABLE. */
export async function checkFolder(source: FolderSource, options: CheckOptions): Promise<readonly EntryCheck[]> {
  const folder = resolve(options.home, source.path);
  const files = await waitingFiles(folder, { nowMs: options.nowMs(), settleMs: 0, giveUpMs: Infinity });
  const checks: EntryCheck[] = [];
  for (const { name, path } of files) {
    const entries: WireEntry[] = [];
    for await (const entry of readWireFile(path)) {
      entries.push(entry);
      if (entries.length === options.sampleRows) break;
    }
    checks.push(checkFile(name, entries, options));
  }
  return checks;
}

function checkFile(name: string, entries: readonly WireEntry[], options: CheckOptions): EntryCheck {
  const judged = entries.map((entry) => judge(name, entry, options));
  const refused = judged.filter((found) => found.some(({ severity }) => severity === 'refusal')).length;
  const warned = judged.filter((found) => found.length > 0).length - refused;
  const rows = { read: entries.length, good: entries.length - refused, warned, refused };
  return { entry: name, dataset: name, title: '', from: name, fields: [], findings: [], rows, rowFindings: judged.flat() };
}

function judge(name: string, entry: WireEntry, { system, codes }: CheckOptions): EntryCheck['rowFindings'] {
  const row = String(entry.line);
  if ('problem' in entry) {
    const { zh, en } = entry.problem;
    return [
      { rule: 'MESSAGE_UNREADABLE', severity: 'refusal', field: '', messageZh: zh, messageEn: en, entry: name, row, value: undefined },
    ];
  }
  const { record } = entry;
  const contracts = law().contracts.filter(({ contract }) => system.contracts.includes(contract.name));
  const dataset = contracts.flatMap(({ contract }) => contract.datasets).find(({ code }) => code === record.dataset);
  if (dataset === undefined) return [shownFinding(undefined, { entry: name, row, violation: datasetUnknown(record.dataset) })];
  const { refusals, warnings } = validateRecord(dataset, record, { codes, sourceKind: 'SYSTEM' });
  return [...refusals, ...warnings].map((violation) => shownFinding(dataset, { entry: name, row, violation }));
}

function datasetUnknown(dataset: string): Violation {
  return {
    rule: 'DATASET_UNKNOWN',
    severity: 'refusal',
    field: '',
    messageZh: `本系统没有数据集 ${dataset}，请核对 DATA_EN。`,
    messageEn: `This system has no dataset ${dataset}: check DATA_EN.`,
  };
}
