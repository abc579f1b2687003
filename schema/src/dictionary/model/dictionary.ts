/**
 * The data dictionary as data: what of the law a hub serves, with everything that refers to everything else.
 * @see issue 3 «data dictionary»; design/architecture.md «Layout»
 */
import type { CodeList } from '../../codes.ts';
import type { Contract, Dataset, Field } from '../../contract.ts';
import type { Law } from '../../law.ts';
import { type MemberEntry, type TypeEntry, rootEntries, typeEntries } from './type-entries.ts';

/** All that the pages tell. */
export interface Dictionary {
  readonly contracts: readonly ContractEntry[];
  /** Types that every contract shares; those a contract itself defines are left to it. */
  readonly types: readonly TypeEntry[];
  readonly lists: readonly ListEntry[];
  readonly codes: Law['codes'];
  /** Where a type is told: path and fragment; absent for what GraphQL itself defines. */
  readonly placeOf: (type: string) => string | undefined;
}

/** A contract with what is no dataset in it. */
export interface ContractEntry {
  readonly contract: Contract;
  readonly types: readonly TypeEntry[];
  /** Root fields besides those that every dataset has. */
  readonly roots: readonly MemberEntry[];
}

/** A code list and the fields that draw from it. */
export interface ListEntry {
  readonly list: CodeList;
  readonly users: readonly ListUser[];
}

/** One wire field that draws from a list. */
export interface ListUser {
  readonly contract: Contract;
  readonly dataset: Dataset;
  readonly field: Field;
  readonly wire: string;
}

/**
 * @param served - Names of the contracts to tell of; others of the law are left out.
 * @returns The dictionary; it has no contracts when the law has none of these.
 */
export function readDictionary({ contracts, codes, shared }: Law, served: readonly string[]): Dictionary {
  const told = contracts
    .filter(({ contract }) => served.includes(contract.name))
    .map(({ contract, source }) => ({ contract, types: typeEntries(source), roots: rootEntries(source) }))
    .toSorted((a, b) => rank(a.contract, codes) - rank(b.contract, codes));
  const own = new Set(told.flatMap(({ types }) => types.map(({ name }) => name)));
  const types = typeEntries(shared.shared).filter(({ name }) => !own.has(name));
  const places = new Map([
    ...types.map(({ name }) => [name, `/dictionary/types#type-${name}`] as const),
    ...told.flatMap(({ contract, types }) => [
      ...types.map(({ name }) => [name, `${contractPath(contract)}#type-${name}`] as const),
      ...contract.datasets.map((dataset) => [dataset.type, datasetPlace(contract, dataset)] as const),
    ]),
  ]);
  return { contracts: told, types, lists: listEntries(told, codes), codes, placeOf: (type) => places.get(type) };
}

/** @returns `/dictionary/construction` */
export function contractPath({ name }: Contract): string {
  return `/dictionary/${name}`;
}

/** @returns `/dictionary/construction#dataset-SECTION` */
export function datasetPlace(contract: Contract, { code }: Dataset): string {
  return `${contractPath(contract)}#dataset-${code}`;
}

/** @returns `field-SECTION.estimatedPrice`, the fragment of a field's row. */
export function fieldFragment({ code }: Dataset, { name }: Field): string {
  return `field-${code}.${name}`;
}

/** @returns `/dictionary/codes#list-CURRENCY` */
export function listPlace(name: string): string {
  return `/dictionary/codes#list-${name}`;
}

function listEntries(told: readonly ContractEntry[], codes: Law['codes']): readonly ListEntry[] {
  const uses = told.flatMap(({ contract }) =>
    contract.datasets.flatMap((dataset) =>
      dataset.fields.flatMap((field) =>
        field.wire.flatMap(({ code, list }) => (list === undefined ? [] : [{ list, user: { contract, dataset, field, wire: code } }])),
      ),
    ),
  );
  const users = Map.groupBy(uses, ({ list }) => list);
  return codes.all().map((list) => ({ list, users: (users.get(list.name) ?? []).map(({ user }) => user) }));
}

/** What all trades have in common first, then the trades in the order of their list, then registers. */
function rank({ category, partitioned }: Contract, codes: Law['codes']): number {
  if (category === undefined) return partitioned ? -1 : Number.MAX_SAFE_INTEGER;
  const place = codes.list('CATEGORY')?.values.findIndex(({ code }) => code === category) ?? -1;
  return place === -1 ? Number.MAX_SAFE_INTEGER - 1 : place;
}
