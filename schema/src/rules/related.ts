/**
 * Other records that a rule looks at: found by a code that the record names, as the standard's records point at each other.
 * @see standard/exchange.md 4 «Later records point back by these codes»
 */
import { type Condition, meetsCondition } from '../validate/condition.ts';
import { type WireFields, wireItems, wireValue } from '../wire-record.ts';
import type { LookedUpField } from './data-rule.ts';
import { type Facts, type JudgedRecord, type KnownRecord, type Lookup, lookupValue } from './judged-record.ts';
import { type NamedField, type RuleRow, conditionsIn, fault, fieldIn, namedField, rowOf } from './rule-row.ts';

/** How other records are found. */
export interface Related {
  /** Fields of the record itself that it reads. */
  readonly reads: readonly string[];
  /** The one that names the codes of the others. */
  readonly by: NamedField;
  readonly asked: LookedUpField;
  /** @returns One lookup per code that the record names. */
  lookups(record: JudgedRecord, want: Lookup['want']): readonly Lookup[];
  /** @returns The records of one lookup that are really meant, without the judged record itself. */
  records(record: JudgedRecord, facts: Facts, lookup: Lookup): readonly KnownRecord[];
}

/** Names a relation's object may have, and those that the caller reads itself. */
const relationNames = ['dataset', 'field', 'by', 'also', 'where', 'scope'];

/**
 * `"of": { "dataset", "field", "by", "also": { theirs: ours }, "where": "FIELD=V", "scope": "PROVINCE" }`: records of the dataset
 * whose `field` has a code that our `by` (by default of the same name) names, whose `also` fields equal ours, and which meet
 * `where`. Without a scope, of the same system only.
 * @param own - Further names that the kind reads from the object.
 * @returns The relation and the row of the other dataset; undefined when something is at fault, which is noted.
 */
export function relatedIn(row: RuleRow, name: string, own: readonly string[] = []): { related: Related; row: RuleRow } | undefined {
  const theirs = rowOf(row, name);
  if (theirs === undefined) return undefined;
  for (const given of theirs.fields.names)
    if (![...relationNames, ...own].includes(given)) fault(theirs, given, { zh: '不是这里的参数', en: 'is no parameter here' });
  const asked = lookedUp(theirs, 'field', fieldIn(theirs, 'field'));
  const by = namedField(row, `${name}.by`, theirs.fields.value('by') ?? theirs.fields.value('field'));
  const also = alsoIn(row, theirs);
  const scope = theirs.fields.value('scope') ?? 'SYSTEM';
  if (scope !== 'SYSTEM' && scope !== 'PROVINCE')
    return fault(theirs, 'scope', { zh: '须为 SYSTEM 或 PROVINCE', en: 'must be SYSTEM or PROVINCE' });
  const where = conditionsIn(theirs, 'where');
  if (asked === undefined || by === undefined) return undefined;
  return { row: theirs, related: relation({ asked, by, also, where, scope, dataset: theirs.dataset.code }) };
}

interface Ties {
  readonly dataset: string;
  readonly asked: NamedField;
  readonly by: NamedField;
  readonly also: readonly (readonly [theirs: NamedField, ours: NamedField])[];
  readonly where: readonly Condition[];
  readonly scope: Lookup['scope'];
}

function relation({ dataset, asked, by, also, where, scope }: Ties): Related {
  return {
    reads: [by.code, ...also.map(([, ours]) => ours.code)],
    by,
    asked: { dataset, field: asked.code },
    lookups: ({ fields }, want) =>
      codesIn(fields, by).map((value) => ({
        dataset,
        field: asked.code,
        value,
        want: also.length + where.length > 0 ? 'records' : want,
        scope,
      })),
    records: (record, facts, lookup) =>
      facts
        .known(lookup)
        .filter(
          (known) =>
            (known.key !== record.key || known.system !== record.system || dataset !== record.dataset) &&
            where.every((condition) => meetsCondition(condition, known.fields)) &&
            also.every(([theirs, ours]) => haveInCommon(codesIn(known.fields, theirs), codesIn(record.fields, ours))),
        ),
  };
}

/** @returns The field; undefined, noted, when it is RESTRICTED: what is kept for looking up must not be a person's number. */
export function lookedUp(row: RuleRow, name: string, found: NamedField | undefined): NamedField | undefined {
  if (found?.field.visibility !== 'RESTRICTED') return found;
  return fault(row, name, { zh: '是受限字段，不能据以查找', en: 'is RESTRICTED: records are not looked up by it' });
}

/** @returns The codes that a field names, each once: the items of a list, or the one value. */
export function codesIn(fields: WireFields, { wire }: Pick<NamedField, 'wire'>): readonly string[] {
  const value = wireValue(fields, wire.code);
  if (value === undefined) return [];
  if (!wire.multi) return [lookupValue(value)].filter((code) => code !== undefined);
  return [...new Set(wireItems(value).flatMap((item) => lookupValue(item) ?? []))];
}

/** Whether two lists of codes share one. */
export function haveInCommon(ours: readonly string[], theirs: readonly string[]): boolean {
  return ours.some((code) => theirs.includes(code));
}

function alsoIn(row: RuleRow, theirs: RuleRow): Ties['also'] {
  if (theirs.fields.value('also') === undefined) return [];
  const also = theirs.fields.entry('also');
  return also.names.flatMap((name): Ties['also'] => {
    const [their, our] = [namedField(theirs, `also.${name}`, name), namedField(row, `of.also.${name}`, also.value(name))];
    return their === undefined || our === undefined ? [] : [[their, our]];
  });
}
