/**
 * Awkward but valid records of any dataset, each with what follows it: the same record changed, and withdrawn.
 */
import { type CodeLists, type Dataset, type WireField, type WireRecord, meetsCondition, readCondition, readNotation } from '@hub/schema';
import fc from 'fast-check';

import { awkwardValue } from './awkward-values.ts';

/** What comes of one record, in order. */
export interface Life {
  readonly first: WireRecord;
  readonly changed: WireRecord;
  readonly withdrawn: WireRecord;
  /** Whether the first has every field that the dataset has. */
  readonly complete: boolean;
}

/** Which record is wanted. */
export interface Turn {
  readonly codes: CodeLists;
  /** Part of its key; every third is complete, every third has what is required only; code lists are gone through by it. */
  readonly turn: number;
}

type Values = Readonly<Record<string, string>>;

const kinds = ['complete', 'required', 'any'] as const;
/** Not before any other: what a sender made earlier than what stands is history. */
const latest = '9999-12-31T23:59:59.999999+08:00';
const stampCode = 'DATA_TIMESTAMP';
const keys = fc.constantFrom('', '甲', ' "内" ', "'𠮷'", ']]>', '<&amp;>', '内\n外', '|%7C', '\\', ';；');

/** @returns A record of the dataset and what comes of it; records of other turns have other keys. */
export function awkwardLife(dataset: Dataset, { codes, turn }: Turn): fc.Arbitrary<Life> {
  const kindOf = (step: number): (typeof kinds)[number] => kinds[(turn + step) % kinds.length] ?? 'any';
  const content = (step: number): fc.Arbitrary<Values> =>
    contentOf(dataset, { codes, turn: Math.floor(turn / kinds.length) + step }, kindOf(step));
  const hasStamp = dataset.fields.some(({ wire }) => wire.some(({ code }) => code === stampCode));
  return fc.tuple(content(0), content(1), keys, fc.boolean()).map(([first, changed, key, named]) => {
    const dataKey = dataset.byFields || (dataset.key.length > 0 && !named) ? undefined : `${turn}${key}键`;
    const keyFields = Object.fromEntries(dataset.key.map((code, place) => [code, keyValue(dataset, code, { place, turn, key })]));
    const common = { dataset: dataset.code, dataKey };
    return {
      first: { ...common, op: 'put', fields: { ...first, ...keyFields } },
      changed: { ...common, op: 'put', fields: { ...changed, ...(hasStamp ? { [stampCode]: latest } : {}), ...keyFields } },
      withdrawn: { ...common, op: 'withdraw', fields: dataKey === undefined ? keyFields : {} },
      complete: kindOf(0) === 'complete',
    };
  });
}

function keyValue(
  dataset: Dataset,
  code: string,
  { place, turn, key }: { readonly place: number; readonly turn: number; readonly key: string },
): string {
  const type = readNotation(wiresOf(dataset).find((wire) => wire.code === code)?.type ?? '');
  if (place > 0) return type?.kind === 'number' ? String(turn) : `${turn}`;
  const text = `${String(turn).padStart(3, '0')}${key}键`;
  const [exactly, atMost] = type?.kind === 'text' ? [type.exactly, type.atMost] : [];
  return exactly === undefined ? [...text].slice(0, atMost).join('') : [...text.padEnd(exactly * 2, '键')].slice(0, exactly).join('');
}

function contentOf(dataset: Dataset, turn: Turn, kind: (typeof kinds)[number]): fc.Arbitrary<Values> {
  const values: Record<string, fc.Arbitrary<string>> = {};
  return fc.integer({ min: 1, max: 3 }).chain((items) => {
    for (const field of dataset.fields) {
      for (const wire of field.wire) if (wire.code !== '') values[wire.code] ??= awkwardValue(field, wire, { ...turn, items });
    }
    const all = fc.record(values, { noNullPrototype: true });
    const some = { complete: fc.constant(Object.keys(values)), required: fc.constant([]), any: fc.subarray(Object.keys(values)) };
    return fc.tuple(all, some[kind]).map(([sent, wanted]) => kept(dataset, sent, new Set(wanted)));
  });
}

/** What is kept, what the dataset requires, and what it requires because of what else is there. */
function kept(dataset: Dataset, sent: Values, wanted: ReadonlySet<string>): Values {
  const promised = dataset.fields.flatMap(({ nonNull, list, wire }) => (nonNull && !list ? wire.slice(0, 1) : []));
  const required = new Set([...promised, ...wiresOf(dataset).filter((wire) => wire.required)].map(({ code }) => code));
  const told: Record<string, string> = Object.fromEntries(Object.entries(sent).filter(([code]) => required.has(code) || wanted.has(code)));
  for (const { code, requiredWhen } of wiresOf(dataset)) {
    const condition = readCondition(requiredWhen ?? '');
    const value = sent[code];
    if (condition !== undefined && value !== undefined && meetsCondition(condition, told)) told[code] = value;
  }
  return told;
}

function wiresOf({ fields }: Dataset): readonly WireField[] {
  return fields.flatMap(({ wire }) => wire);
}
