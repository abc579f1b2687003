/**
 * What the search in the browser looks through: one small JSON for the whole dictionary, names and codes only once.
 * @see ./search-script.ts
 */
import { type Dictionary, contractPath } from '../model/dictionary.ts';
import { told } from '../model/told.ts';

/** Rows are tuples: there are thousands. */
export interface SearchIndex {
  /** Path, name, title. */
  readonly contracts: readonly (readonly [string, string, string])[];
  /** Path of the contract, code, graph type, name, all of the description, fields. */
  readonly datasets: readonly (readonly [string, string, string, string, string, readonly SearchField[]])[];
  /** Name, title, values by code and label. */
  readonly lists: readonly (readonly [string, string, readonly (readonly [string, string])[]])[];
  /** Place, name, title. */
  readonly types: readonly (readonly [string, string, string])[];
}

/** Graph field, wire codes with blanks between, name, what else its description says. */
type SearchField = readonly [string, string, string, string];

/** @returns The index of every contract, dataset, field, code list, code and type. */
export function searchIndex({ contracts, types, lists, placeOf }: Dictionary): SearchIndex {
  return {
    contracts: contracts.map(({ contract }) => [contractPath(contract), contract.name, contract.title]),
    datasets: contracts.flatMap(({ contract }) =>
      contract.datasets.map((dataset) => {
        const { name, note, en } = told(dataset.description);
        const fields = dataset.fields.map(({ name: field, wire, description }): SearchField => {
          const about = told(description);
          const codes = [...new Set(wire.map(({ code }) => code))].filter((code) => code !== '');
          return [field, codes.join(' '), about.name, `${about.note} ${about.en}`.trim()];
        });
        return [contractPath(contract), dataset.code, dataset.type, name, `${note} ${en}`.trim(), fields] as const;
      }),
    ),
    lists: lists.map(({ list }) => [list.name, list.title ?? '', list.values.map(({ code, label }) => [code, label] as const)]),
    types: [...types, ...contracts.flatMap((entry) => entry.types)].map(({ name, about }) => [placeOf(name) ?? '', name, about.name]),
  };
}
