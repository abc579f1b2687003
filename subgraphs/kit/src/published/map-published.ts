/**
 * Published record → wire records of the system they belong to. Pure; nothing is guessed: what the mapping does not find in
 * the record is absent.
 * @see design/partitioning.md rule 3
 */
import { type CodeLists, type Dataset, isDecimal, type Province, regionPath, validateRecord, type WireRecord } from '@hub/schema';

import type { RecordSource } from '../write/arrival.ts';
import type { FieldRule, PublishedMapping, RecordRule } from './mapping.ts';
import { type PublishedRecord, textAt } from './published-record.ts';

/** What one published record becomes. */
export interface MappedRecord {
  /** Code of the system that takes it. */
  readonly system: string;
  readonly source: RecordSource;
  readonly records: readonly WireRecord[];
}

/** What the mapping looks things up in. */
export interface MappingSetting {
  readonly province: Pick<Province, 'regions' | 'systems'>;
  readonly mapping: PublishedMapping;
  /** By their names on the wire. */
  readonly datasets: ReadonlyMap<string, Dataset>;
  readonly codes: CodeLists;
}

/** @returns The wire records; undefined when no system of the province takes records of that region. */
export function mapPublished(record: PublishedRecord, setting: MappingSetting): MappedRecord | undefined {
  const system = systemOf(record, setting);
  if (system === undefined) return undefined;
  const dataKey = keyOf(record, setting.mapping);
  const records: WireRecord[] = [];
  for (const rule of setting.mapping.records) {
    if (!holds(rule, record)) continue;
    if (rule.unlessNotice && records.some(({ dataset }) => setting.datasets.get(dataset)?.notice !== undefined)) continue;
    const fields = wireFields(rule, record, setting.mapping);
    if (rule.needs.length > 0 && !rule.needs.some((code) => Object.hasOwn(fields, code))) continue;
    const wire: WireRecord = { dataset: rule.dataset, dataKey, op: 'put', fields };
    // A rule whose record the law would refuse gives way to those after it, in the end to the board's own notice.
    if (isAccepted(wire, setting)) records.push(wire);
  }
  return { system, source: { kind: 'PUBLISHED', name: record.portal, url: record.url }, records };
}

function isAccepted(wire: WireRecord, { datasets, codes }: MappingSetting): boolean {
  const dataset = datasets.get(wire.dataset);
  return dataset !== undefined && validateRecord(dataset, wire, { codes, sourceKind: 'PUBLISHED' }).refusals.length === 0;
}

function systemOf(record: PublishedRecord, { province, mapping }: MappingSetting): string | undefined {
  const { regionCode, category } = record;
  const exception = mapping.systems.find(
    (rule) => [regionCode, undefined].includes(rule.region) && [category, undefined].includes(rule.category),
  );
  if (exception !== undefined) return exception.system;
  for (const { code } of regionPath(province, regionCode)) {
    const system = province.systems.find(({ region }) => region === code);
    if (system !== undefined) return system.code;
  }
  return undefined;
}

/** Portal and its own id; where it gives none, the number in the list the record comes from. Never a content hash. */
function keyOf(record: PublishedRecord, { portals }: PublishedMapping): string {
  const portal = portals.find(({ name }) => name === record.portal);
  for (const { from, match } of portal?.keys ?? []) {
    const text = textAt(record, from);
    const id = match === undefined ? text : match.exec(text ?? '')?.[1];
    if (id !== undefined) return `${portal?.short ?? ''}:${id}`;
  }
  return `${portal?.short ?? 'list'}:no-${record.no}`;
}

function holds({ when }: RecordRule, record: PublishedRecord): boolean {
  return (
    (when.category === undefined || when.category === record.category) &&
    (when.dataset === undefined || when.dataset === record.dataset) &&
    (when.stage === undefined || when.stage === record.stage)
  );
}

function wireFields(rule: RecordRule, record: PublishedRecord, mapping: PublishedMapping): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const field of rule.fields) {
    if (Object.hasOwn(fields, field.to) || field.unless.some((path) => textAt(record, path) !== undefined)) continue;
    const value = field.value ?? valueOf(field, record, mapping);
    if (value === undefined) continue;
    fields[field.to] = value;
    for (const [code, beside] of Object.entries(field.also)) {
      const text = 'value' in beside ? beside.value : textAt(record, beside.from);
      if (text !== undefined) fields[code] = text;
    }
  }
  return fields;
}

function valueOf({ from, as }: FieldRule, record: PublishedRecord, mapping: PublishedMapping): string | undefined {
  for (const path of from) {
    const text = textAt(record, path);
    const value = text === undefined ? undefined : converted(text, as, mapping);
    if (value !== undefined) return value;
  }
  return undefined;
}

function converted(text: string, as: string, { times, tables, separators }: PublishedMapping): string | undefined {
  switch (as) {
    case 'text':
      return text;
    case 'decimal':
      return isDecimal(text) ? text : undefined;
    case 'time':
      return timeOf(text, times);
    case 'date':
      return timeOf(text, times)?.slice(0, 'yyyyMMdd'.length);
    case 'list':
      return separators.reduce((list, separator) => list.replaceAll(separator, ';'), text);
    default:
      return tables[as]?.[text];
  }
}

function timeOf(text: string, times: PublishedMapping['times']): string | undefined {
  const form = times.find(({ match }) => match.test(text));
  return form === undefined ? undefined : text.replace(form.match, form.as);
}
