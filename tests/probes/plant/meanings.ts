/**
 * What the codes in a record mean by the law: its lot, its project, a company of the register, or only what records are
 * joined by. Fields that a relation compares mean the same.
 * @see schema/directives.graphql @deal, @notice, @sealed, @relation
 */
import { type Dataset, type Field, law } from '@hub/schema';

import { at } from '../../support/parse-json.ts';

/** A code's meaning; `one` tells joins apart, `open` says whether everybody may read one of its ends. */
export type Meaning =
  | { readonly kind: 'lot' | 'project' | 'root' | 'company' }
  | { readonly kind: 'join'; readonly one: number; readonly open: boolean };

/** Meanings of identifiers that no @deal, @notice or @sealed names. */
const byRule: ReadonlyMap<string, Meaning> = new Map([
  ['bidSectionCode', { kind: 'lot' }],
  ['tenderProjectCode', { kind: 'project' }],
  ['projectCode', { kind: 'root' }],
]);

let known: ReadonlyMap<string, Meaning> | undefined;

/** @returns The meaning of a dataset's field; undefined when it is a value like any other. */
export function meaningOf({ type }: Dataset, { name }: Field): Meaning | undefined {
  known ??= readMeanings();
  return known.get(`${type}.${name}`);
}

/** @returns Whether some field of the dataset means this. */
export function hasMeaning(dataset: Dataset, kind: Meaning['kind']): boolean {
  return dataset.fields.some((field) => meaningOf(dataset, field)?.kind === kind);
}

interface Place {
  readonly dataset: Dataset;
  readonly field: Field;
  readonly register: boolean;
}

function readMeanings(): ReadonlyMap<string, Meaning> {
  const places = new Map<string, Place>(
    law().contracts.flatMap(({ contract: { datasets, partitioned } }) =>
      datasets.flatMap((dataset) =>
        dataset.fields.map((field) => [`${dataset.type}.${field.name}`, { dataset, field, register: !partitioned }] as const),
      ),
    ),
  );
  const joined = joinsOf([...places.values()]);
  const meanings = new Map<string, Meaning>();
  for (const [coordinate, place] of places) {
    const group = joined.get(coordinate);
    const members = group === undefined ? [place] : [...group].flatMap((member) => places.get(member) ?? []);
    const meaning =
      groupMeaning(members) ?? (group === undefined ? undefined : joinMeaning(members, [...new Set(joined.values())].indexOf(group)));
    if (meaning !== undefined) meanings.set(coordinate, meaning);
  }
  return meanings;
}

/** Coordinates that relations compare with each other, by each of them. */
function joinsOf(places: readonly Place[]): ReadonlyMap<string, ReadonlySet<string>> {
  const joined = new Map<string, Set<string>>();
  for (const { dataset, field } of places) {
    if (field.relation === undefined) continue;
    const [from, to] = [`${dataset.type}.${field.relation.from}`, `${field.graphType}.${field.relation.to}`];
    const all = new Set([from, to, ...(joined.get(from) ?? []), ...(joined.get(to) ?? [])]);
    for (const member of all) joined.set(member, all);
  }
  return joined;
}

function groupMeaning(members: readonly Place[]): Meaning | undefined {
  const named = (...by: readonly (readonly string[])[]): boolean =>
    members.some(({ dataset, field }) => namesIn(dataset, by.flat()).has(field.name));
  if (named(['lot', 'lots'])) return { kind: 'lot' };
  if (named(['project', 'lotIn', 'lotsIn'])) return { kind: 'project' };
  if (members.some(({ dataset, field, register }) => register && dataset.byCode === field.name)) return { kind: 'company' };
  const rules = members.flatMap(({ field }) => field.wire.map(({ id }) => byRule.get(id ?? '')));
  return rules.find((meaning) => meaning !== undefined);
}

function joinMeaning(members: readonly Place[], one: number): Meaning {
  return { kind: 'join', one, open: members.some(({ field }) => field.visibility === 'PUBLIC') };
}

/** Fields that the dataset's directives name under these arguments. */
function namesIn({ deal, notice, sealed, fields }: Dataset, by: readonly string[]): ReadonlySet<unknown> {
  const directives: readonly (object | undefined)[] = [deal, notice, sealed, ...fields.map((field) => field.sealed)];
  return new Set(directives.flatMap((directive) => by.map((name) => at(directive, name))));
}
