/**
 * What all records of a lot say together, as the wire form of its deal. A project's record speaks for all of its lots and
 * what is told of the lot itself wins; of several decisions the latest holds, for a failed lot may be tendered again; of all
 * opening times the latest holds, for a postponed opening must not unseal early.
 * @see schema/directives.graphql @deal
 */
import { type BoardMapping, type CodeLists, type Contract, type Dataset, type Field, canonicalInstant, wireValue } from '@hub/schema';

import type { StoredDataset } from '../store/store.ts';

import { sentAt } from './arrival.ts';
import { type Wire, copyMapped, joinWires, mappedField } from './board-mapping.ts';
import { joinShares } from './join-shares.ts';

/** One record that tells something of the lot. */
export interface Contribution {
  readonly stored: StoredDataset;
  readonly id: string;
  readonly key: string;
  readonly origin: string;
  readonly source: unknown;
  /** At least the wire fields that its @deal names. */
  readonly wire: Wire;
  /** It names the lot, rather than the whole project. */
  readonly ofLot: boolean;
}

/** What a decision tells and the next one replaces as a whole: the winner of one is never joined with the price of another. */
const outcome: ReadonlySet<string> = new Set(['state', 'winners', 'price', 'bidderCount', 'decidedAt']);

/** @returns The deal's wire form. */
export function foldDeal(
  { deal, codes }: { readonly deal: Dataset; readonly codes: CodeLists },
  lot: string,
  said: readonly Contribution[],
): Record<string, string> {
  const told = said.map((contribution) => tell(deal, contribution)).toSorted(laterLast);
  const decisions = told.filter(({ decides }) => decides);
  const decision = decisions.at(-1);
  const fields = new Map<string, Wire>([['state', { STATE: 'PENDING' }]]);
  for (const one of told) {
    for (const [target, parts] of one.fields) {
      if (one === decision || !one.decides || !outcome.has(target)) fields.set(target, parts);
    }
  }
  for (const [target, parts] of joinShares(deal, sharesOf(decisions))) fields.set(target, parts);
  const opensAt = told
    .flatMap(({ openings }) => openings)
    .toSorted(([a], [b]) => compare(a, b))
    .at(-1);
  if (opensAt !== undefined) fields.set('opensAt', { OPENS_AT: opensAt[1] });
  const { category, direction } = tradeOf(fields, told, codes);
  if (category !== undefined) fields.set('category', { CATEGORY: category });
  if (direction !== undefined) fields.set('direction', { DIRECTION: direction });
  return joinWires([...fields.values(), { LOT_CODE: lot }]);
}

/** What the records say of the trade themselves, else their contract; a category's direction is a matter of the list. */
function tradeOf(
  fields: ReadonlyMap<string, Wire>,
  told: readonly Told[],
  codes: CodeLists,
): Partial<Pick<Contract, 'category' | 'direction'>> {
  const contract = told.findLast((one) => one.contract.category !== undefined)?.contract;
  const category = fields.get('category')?.['CATEGORY'] ?? contract?.category;
  const direction = category === undefined ? undefined : codes.direction('CATEGORY', category);
  return { category, direction: direction ?? contract?.direction };
}

/** Rows that are one winner each, since the last decision that says something else or names the outcome itself. */
function sharesOf(decisions: readonly Told[]): readonly Told['fields'][] {
  const state = ({ fields }: Told): string | undefined => fields.get('state')?.['STATE'];
  const last = decisions.at(-1);
  const before = decisions.findLastIndex(
    (one) => (last !== undefined && state(one) !== state(last)) || (!one.each && (one.fields.has('winners') || one.fields.has('price'))),
  );
  return decisions
    .slice(before + 1)
    .filter(({ each }) => each)
    .map(({ fields }) => fields);
}

interface Told {
  readonly contract: Contract;
  readonly ofLot: boolean;
  /** It is of a kind that ends a lot. */
  readonly decides: boolean;
  /** What it decides gives way to any other decision. */
  readonly otherwise: boolean;
  /** It is one winner of the lot among others. */
  readonly each: boolean;
  /** Canonical instant of the decision it reports; empty when it reports none. */
  readonly decidedAt: string;
  readonly sentAt: string;
  /** Of records that are equal in all else, the same one comes last in every system. */
  readonly name: string;
  /** Target field → its wire fields. */
  readonly fields: ReadonlyMap<string, Wire>;
  /** Opening times, canonical beside as sent. */
  readonly openings: readonly (readonly [canonical: string, sent: string])[];
}

function laterLast(a: Told, b: Told): number {
  return (
    Number(b.otherwise) - Number(a.otherwise) ||
    Number(a.ofLot) - Number(b.ofLot) ||
    compare(a.decidedAt, b.decidedAt) ||
    compare(a.sentAt, b.sentAt) ||
    compare(a.name, b.name)
  );
}

function tell(deal: Dataset, contribution: Contribution): Told {
  const { stored, wire, ofLot } = contribution;
  const { dataset, contract } = stored;
  const mapping = dataset.deal ?? {};
  const decided = mappedField(dataset, mapping, 'decidedAt');
  const state = stateOf(dataset, mapping, wire);
  return {
    contract,
    ofLot,
    decides: decided !== undefined || mapping['state'] !== undefined || mapping['stateBy'] !== undefined,
    otherwise: mapping['otherwise'] === true,
    each: mapping['each'] === true,
    decidedAt: decided === undefined ? '' : (instantOf(decided, wire)?.[0] ?? ''),
    sentAt: sentAt({ wire }) ?? '',
    name: nameOf(contribution),
    fields: new Map<string, Wire>([
      ...copyMapped(deal, dataset, mapping)(wire),
      ...(state === undefined ? [] : [['state', { STATE: state }] as const]),
    ]),
    openings: openingsOf(dataset, mapping, wire),
  };
}

/** @returns What tells the records of a system apart, whatever the system: its id does not sort by that. */
export function nameOf({ stored, key }: Pick<Contribution, 'stored' | 'key'>): string {
  return `${stored.dataset.type} ${key}`;
}

/** Whether a record's kind is no step of a lot: its code is in no pair, and no state is given for all others. */
export function tellsNothing(dataset: Dataset, wire: Wire): boolean {
  const mapping = dataset.deal ?? {};
  return mapping['stateBy'] !== undefined && stateOf(dataset, mapping, wire) === undefined;
}

function openingsOf(dataset: Dataset, mapping: BoardMapping, wire: Wire): Told['openings'] {
  const names = mapping['opensAt'];
  if (!Array.isArray(names) || excepted(dataset, mapping, wire)) return [];
  return names.flatMap((name) => {
    const field = dataset.fields.find((candidate) => candidate.name === name);
    const instant = field === undefined ? undefined : instantOf(field, wire);
    return instant === undefined ? [] : [instant];
  });
}

/** What a field tells of a moment, a day being its first; undefined when that is nothing. */
function instantOf({ wire: [part] }: Field, wire: Wire): readonly [canonical: string, sent: string] | undefined {
  const sent = part === undefined ? undefined : wireValue(wire, part.code);
  const canonical = sent === undefined ? undefined : canonicalInstant(sent);
  return sent === undefined || canonical === undefined ? undefined : [canonical, sent];
}

function excepted(dataset: Dataset, mapping: BoardMapping, wire: Wire): boolean {
  const rule = mapping['opensUnless'];
  if (typeof rule !== 'string') return false;
  const [name, values = ''] = rule.split('=');
  const field = dataset.fields.find((candidate) => candidate.name === name)?.wire[0];
  return field !== undefined && values.split('|').includes(wire[field.code]?.trim() ?? '');
}

function stateOf(dataset: Dataset, mapping: BoardMapping, wire: Wire): string | undefined {
  const state = chosen(dataset, mapping, { by: 'stateBy', among: 'states', wire }) ?? mapping['state'];
  return typeof state === 'string' ? state : undefined;
}

/** @returns The value that a list of «code=VALUE» gives for the code of the field a mapping names. */
export function chosen(
  dataset: Dataset,
  mapping: BoardMapping,
  { by, among, wire }: { readonly by: string; readonly among: string; readonly wire: Wire },
): string | undefined {
  const field = mappedField(dataset, mapping, by)?.wire[0];
  const pairs = mapping[among];
  if (field === undefined || !Array.isArray(pairs)) return undefined;
  const code = wire[field.code]?.trim();
  return pairs.map((pair: string) => pair.split('=')).find(([known]) => known === code)?.[1];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
