/**
 * A mapping's entry against the law: what is required and not mapped, what is mapped and not known. Pure.
 * @see subgraphs/bridge/README.md «检查 · Check»
 */
import type { CodeLists, Dataset, Field, WireField } from '@hub/schema';

import { wholeRuleOf } from '../mapping/field-rule.ts';
import type { Entry, Source } from '../mapping/mapping.ts';

import type { CheckFinding } from './check-finding.ts';

/** What an entry is held against. */
export interface Inspection {
  readonly dataset: Dataset;
  readonly codes: CodeLists;
  readonly source: Source;
}

/** @returns All findings: required fields first, in the contract's order. */
export function inspectEntry(entry: Entry, { dataset, codes, source }: Inspection): readonly CheckFinding[] {
  const wires = dataset.fields.flatMap((field) => field.wire.filter(({ code }) => code !== '').map((wire) => ({ field, wire })));
  const known = new Map(wires.map(({ wire }) => [wire.code, wire]));
  const call = source.kind === 'portal' && !Object.hasOwn(source.calls, entry.from);
  return [
    ...(call ? [{ code: 'CALL_UNKNOWN', severity: 'refusal', about: entry.from } as const] : []),
    ...unmapped(entry, wires, source),
    ...Object.keys(entry.fields)
      .filter((code) => code !== 'DATA_TIMESTAMP' && !known.has(code))
      .map((code) => ({ code: 'FIELD_UNKNOWN', severity: 'refusal', about: code }) as const),
    ...Object.entries(entry.fields).flatMap(([code, rule]) => wrongCodes(code, rule, { wire: known.get(code), codes })),
  ];
}

interface Use {
  readonly field: Field;
  readonly wire: WireField;
}

function unmapped(entry: Entry, wires: readonly Use[], source: Source): readonly CheckFinding[] {
  const published = source.kind === 'portal' && source.published !== undefined;
  const found = new Map<string, CheckFinding>();
  for (const { field, wire } of wires) {
    if (wire.fixed !== undefined || Object.hasOwn(entry.fields, wire.code)) continue;
    const promised = field.nonNull && !field.list && wire === field.wire[0];
    if (!promised && !wire.required) continue;
    const severity = promised || (wire.national && !published) ? 'refusal' : 'warning';
    if (found.get(wire.code)?.severity !== 'refusal') found.set(wire.code, { code: 'FIELD_UNMAPPED', severity, about: wire.code });
  }
  return [...found.values()];
}

interface Beside {
  readonly wire: WireField | undefined;
  readonly codes: CodeLists;
}

function wrongCodes(code: string, rule: Entry['fields'][string], { wire, codes }: Beside): readonly CheckFinding[] {
  const list = wire?.list;
  if (list === undefined) return [];
  const { codes: table = {}, otherwise, value } = wholeRuleOf(rule);
  const given = new Set([...Object.values(table), otherwise, value].filter((each) => each !== undefined));
  return [...given]
    .filter((each) => !codes.isKnown(list, each))
    .map((each) => ({ code: 'CODE_UNKNOWN', severity: 'warning', about: `${code}=${each} (${list})` }) as const);
}
