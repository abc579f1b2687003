/**
 * Where an element stands in the texts that people write: derived ones where they derive from.
 * @see schema/src/expand-contract.ts
 */
import { plural, readContract, singular } from '@hub/schema';
import { parse } from 'graphql';

import { type Element, elementsOf } from '../checks/elements.ts';
import type { ReleaseTexts } from './release-texts.ts';

/** A place in a text, from 1. */
export interface Place {
  /** Null: the shared parts, or all contracts. */
  readonly contract: string | null;
  readonly line: number;
  readonly column: number;
}

/** Finds places. */
export type FindPlace = (element: string) => Place | undefined;

/** @returns What finds places in the texts of a release. */
export function placesIn({ contracts, shared }: Pick<ReleaseTexts, 'contracts' | 'shared'>): FindPlace {
  const places = new Map<string, Place>();
  const roots = new Map<string, string>();
  const keep = (text: string, contract: string | null): void => {
    for (const [name, element] of elementsOf(parse(text))) if (!places.has(name)) places.set(name, placeOf(element, contract));
  };
  for (const { name, source } of contracts) {
    keep(source, name);
    for (const { type } of readContract(source).datasets) {
      for (const root of [plural(type), singular(type), `${singular(type)}ByCode`]) roots.set(`Query.${root}`, type);
    }
  }
  keep(shared, null);
  return (element) => {
    const [field = '', argument] = element.split('(');
    const names = [element, ...(argument === undefined ? [] : [field]), ...(roots.get(field) === undefined ? [] : [roots.get(field)])];
    const origins = [...names, ...derivedFrom(field)];
    return origins.map((name) => places.get(name ?? '')).find((place) => place !== undefined);
  };
}

/** `TenderProjectFilter.name` → `TenderProject.name`, then its type; `TenderProject.gone` → its type. */
function derivedFrom(element: string): readonly string[] {
  const [type = '', part] = element.split(/[./]/, 2);
  const dataset = type.replace(/(Filter|Order|Connection|Edge)$/, '');
  if (dataset === type || dataset === '') return [type];
  return part === undefined ? [dataset] : [`${dataset}.${part}`, type, dataset];
}

function placeOf({ node }: Element, contract: string | null): Place {
  const { line = 1, column = 1 } = node?.loc?.startToken ?? {};
  return { contract, line, column };
}
