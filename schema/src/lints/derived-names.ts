/**
 * Names that follow from a dataset and that no author may take.
 * @see design/graph.md «Shape»; expand-contract.ts writes them
 */
import type { Dataset } from '../contract.ts';
import { plural, singular } from '../naming.ts';

/** Fields that every record has. */
export const recordFieldNames: ReadonlySet<string> = new Set(['id', 'system', 'origin', 'source', 'receivedAt', 'warnings']);

/** Input fields that every filter has. */
export const filterFieldNames: ReadonlySet<string> = new Set(['systems', 'copies']);

/** @returns Types derived from a dataset: `DealFilter`, `DealOrder`, `DealConnection`, `DealEdge`. */
export function derivedTypeNames({ type }: Dataset): readonly string[] {
  return ['Filter', 'Order', 'Connection', 'Edge'].map((ending) => `${type}${ending}`);
}

/** @returns Root fields derived from a dataset: `deals`, `deal`, `dealByCode`. */
export function derivedRootNames({ type, byCode }: Dataset): readonly string[] {
  return [plural(type), singular(type), ...(byCode === undefined ? [] : [`${singular(type)}ByCode`])];
}
