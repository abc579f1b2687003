/**
 * What all records of a lot say together, as the wire form of its deal. A project's record speaks for all of its lots and
 * what is told of the lot itself wins; of several decisions the latest holds, for a failed lot may be tendered again; of all
 * opening times the latest holds, for a postponed opening must not unseal early.
 * @see schema/directives.graphql @deal
 */
import { type BoardMapping, type Dataset, indexValue } from '@hub/schema';

import type { StoredDataset } from '../store/store.ts';

import { sentAt } from './arrival.ts';
import { type Wire, copyMapped, joinWires, mappedField } from './board-mapping.ts';

/** One record that tells something of the lot. */
export interface Contribution {
  readonly stored: StoredDataset;
  readonly id: string;
  readonly origin: string;
  readonly source: unknown;
  /** At least the wire fields that its @deal names. */
  readonly wire: Wire;
  /** It names the lot, rather than the whole project. */
  readonly ofLot: boolean;
}

/** What a decision tells and the next one replaces as a whole: the winner of one is never joined with the price of another. */
const outcome: ReadonlySet<string> = new Set(['state', 'winners', 'price', 'decidedAt']);

/** @returns The deal's wire form. */
export function foldDeal(deal: Dataset, lot: string, said: readonly Contribution[]): Record<string, string> {
  const told = said.map((contribution) => tell(deal, contribution)).toSorted(laterLast);
  const decision = told.findLast(({ decides }) => decides);
  const fields = new Map<string, Wire>([['state', { STATE: 'PENDING' }]]);
  for (const one of told) {
    for (const [target, parts] of one.fields) {
      if (one === decision || !one.decides || !outcome.has(target)) fields.set(target, parts);
    }
  }
  const opensAt = told
    .flatMap(({ openings }) => openings)
    .toSorted(([a], [b]) => compare(a, b))
    .at(-1);
  if (opensAt !== undefined) fields.set('opensAt', { OPENS_AT: opensAt[1] });
  return joinWires([...fields.values(), { LOT_CODE: lot }]);
}

interface Told {
  readonly ofLot: boolean;
  /** It is of a kind that ends a lot. */
  readonly decides: boolean;
  /** Canonical instant of the decision it reports; empty when it reports none. */
  readonly decidedAt: string;
  readonly sentAt: string;
  readonly id: string;
  /** Target field → its wire fields. */
  readonly fields: ReadonlyMap<string, Wire>;
  /** Opening times, canonical beside as sent. */
  readonly openings: readonly (readonly [canonical: string, sent: string])[];
}

function laterLast(a: Told, b: Told): number {
  return Number(a.ofLot) - Number(b.ofLot) || compare(a.decidedAt, b.decidedAt) || compare(a.sentAt, b.sentAt) || compare(a.id, b.id);
}

function tell(deal: Dataset, { stored, id, wire, ofLot }: Contribution): Told {
  const { dataset, contract } = stored;
  const mapping = dataset.deal ?? {};
  const decided = mappedField(dataset, mapping, 'decidedAt');
  const decidedAt = decided === undefined ? null : indexValue(decided, wire);
  const state = stateOf(dataset, mapping, wire);
  return {
    ofLot,
    decides: decided !== undefined || mapping['state'] !== undefined || mapping['stateBy'] !== undefined,
    decidedAt: typeof decidedAt === 'string' ? decidedAt : '',
    sentAt: sentAt({ wire }) ?? '',
    id,
    fields: new Map<string, Wire>([
      ...(contract.category === undefined ? [] : [['category', { CATEGORY: contract.category }] as const]),
      ...(contract.direction === undefined ? [] : [['direction', { DIRECTION: contract.direction }] as const]),
      ...copyMapped(deal, dataset, mapping)(wire),
      ...(state === undefined ? [] : [['state', { STATE: state }] as const]),
    ]),
    openings: openingsOf(dataset, mapping, wire),
  };
}

function openingsOf(dataset: Dataset, mapping: BoardMapping, wire: Wire): Told['openings'] {
  const names = mapping['opensAt'];
  if (!Array.isArray(names) || excepted(dataset, mapping, wire)) return [];
  return names.flatMap((name) => {
    const field = dataset.fields.find((candidate) => candidate.name === name);
    const sent = field?.wire[0] === undefined ? undefined : wire[field.wire[0].code];
    const canonical = field === undefined ? null : indexValue(field, wire);
    return typeof canonical === 'string' && sent !== undefined ? [[canonical, sent] as const] : [];
  });
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
