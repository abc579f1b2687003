/**
 * `check`: what maps and what does not, entry by entry and row by row. Reads a sample, judges it by the law, stores nothing.
 * @see subgraphs/bridge/README.md «检查 · Check»
 */
import { type CodeLists, type Dataset, type Violation, law, validateRecord } from '@hub/schema';

import { columnsOf } from '../mapping/field-rule.ts';
import { mapRow } from '../mapping/map-row.ts';
import { type Entry, type Mapping, entryName } from '../mapping/mapping.ts';
import { hasRows, openReader } from '../read/open-reader.ts';
import type { Reader, Row } from '../read/reader.ts';
import { columnsUsed } from '../read/view-statements.ts';
import { type RowFinding, rowFinding } from '../run/count.ts';
import { keyRepeated } from '../run/key-repeated.ts';
import { recordSource } from '../run/record-source.ts';

import { checkFolder } from './check-folder.ts';
import type { CheckOptions } from './check-options.ts';
import type { CheckFinding } from './check-finding.ts';
import type { EntryCheck, FieldUse } from './entry-check.ts';
import { inspectEntry } from './inspect-entry.ts';

/** @returns One result for each entry, in the mapping's order. @throws HubError as the reader does. */
export async function checkBridge(options: CheckOptions): Promise<readonly EntryCheck[]> {
  const { mapping, env, nowMs } = options;
  if (!hasRows(mapping.source)) return checkFolder(mapping.source, options);
  await using reader = openReader(mapping.source, { env, nowMs });
  const checks: EntryCheck[] = [];
  for (const entry of mapping.datasets) checks.push(await checkEntry(entry, reader, options));
  return checks;
}

async function checkEntry(entry: Entry, reader: Reader, options: CheckOptions): Promise<EntryCheck> {
  const { mapping, system, codes, sampleRows } = options;
  const found = law().contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => ({ contract, dataset })));
  const served = found.find(({ contract, dataset }) => dataset.code === entry.dataset && system.contracts.includes(contract.name));
  const base = { entry: entryName(entry), dataset: entry.dataset, from: entry.from };
  const nothing = { read: 0, good: 0, warned: 0, refused: 0 };
  if (served === undefined) {
    const finding = { code: 'DATASET_UNKNOWN', severity: 'refusal', about: entry.dataset } as const;
    return { ...base, title: '', fields: [], findings: [finding], rows: nothing, rowFindings: [] };
  }
  const { dataset } = served;
  const findings = [...inspectEntry(entry, { dataset, codes, source: mapping.source })];
  const title = nameOf(dataset.description);
  const blocked = findings.some(({ code }) => code === 'CALL_UNKNOWN');
  const columns = blocked ? [] : await reader.columns(entry);
  const absent = columns === undefined || blocked ? [] : columnsUsed(entry).filter((column) => !columns.includes(column));
  findings.push(...absent.map((about) => ({ code: 'COLUMN_UNKNOWN', severity: 'refusal', about }) as const));
  const rows = blocked || absent.length > 0 ? undefined : await sample(reader, entry, sampleRows);
  if (rows?.length === 0) findings.push({ code: 'ROWS_NONE', severity: 'warning', about: entry.from });
  if (columns === undefined && rows !== undefined && rows.length > 0) findings.push(...pathsNowhere(entry, rows));
  const judged = judgeRows(rows ?? [], { entry, dataset, mapping, codes });
  return { ...base, title, fields: fieldUses(entry, dataset, rows ?? []), findings, ...judged };
}

async function sample(reader: Reader, entry: Entry, most: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const batch of reader.read(entry, { pass: 'all', from: undefined, batchRows: Math.min(most, 250) })) {
    rows.push(...batch.rows.slice(0, most - rows.length));
    if (rows.length >= most) break;
  }
  return rows;
}

/** A path that no row of the sample has may still be right. */
function pathsNowhere(entry: Entry, rows: readonly Row[]): readonly CheckFinding[] {
  return columnsUsed(entry)
    .filter((column) => !rows.some((row) => Object.hasOwn(row, column)))
    .map((about) => ({ code: 'COLUMN_UNKNOWN', severity: entry.key.includes(about) ? 'refusal' : 'warning', about }) as const);
}

interface Bench {
  readonly entry: Entry;
  readonly dataset: Dataset;
  readonly mapping: Mapping;
  readonly codes: CodeLists;
}

function judgeRows(rows: readonly Row[], { entry, dataset, mapping, codes }: Bench): Pick<EntryCheck, 'rows' | 'rowFindings'> {
  const rowFindings: RowFinding[] = [];
  const seen = new Set<string>();
  let [warned, refused] = [0, 0];
  for (const row of rows) {
    const { record, refusals: unmapped } = mapRow(entry, row);
    const { kind } = recordSource(mapping.source, row);
    const verdict = validateRecord(dataset, record, { codes, sourceKind: kind });
    // What the mapping could not make is missing for that reason alone.
    const isNews = ({ field }: Violation): boolean => field === '' || !unmapped.some((told) => told.field === field);
    const [refusals, warnings] = [verdict.refusals.filter(isNews), verdict.warnings.filter(isNews)];
    const repeated = record.dataKey !== undefined && seen.has(record.dataKey) ? [keyRepeated] : [];
    if (record.dataKey !== undefined) seen.add(record.dataKey);
    const bad = [...unmapped, ...repeated, ...refusals];
    if (bad.length > 0) refused += 1;
    else if (warnings.length > 0) warned += 1;
    rowFindings.push(...[...bad, ...warnings].map((violation) => rowFinding(entry, dataset, { row: record.dataKey, violation })));
  }
  return { rows: { read: rows.length, good: rows.length - refused, warned, refused }, rowFindings };
}

function fieldUses(entry: Entry, dataset: Dataset, rows: readonly Row[]): readonly FieldUse[] {
  const titles = new Map(dataset.fields.flatMap(({ wire, description }) => wire.map(({ code }) => [code, nameOf(description)] as const)));
  const records = rows.map((row) => mapRow(entry, row).record.fields);
  return Object.entries(entry.fields).map(([code, rule]) => ({
    code,
    title: titles.get(code) ?? '',
    from: typeof rule === 'object' && rule.value !== undefined ? [`「${rule.value}」`] : columnsOf(rule),
    filled: records.filter((fields) => fields[code] !== undefined).length,
  }));
}

/** The Chinese name at the beginning of a description. */
function nameOf(description: string): string {
  return /^[^：；。，]*/.exec(description)?.[0] ?? '';
}
