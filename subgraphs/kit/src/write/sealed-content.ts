/**
 * What a change waits for before it may leave the system: the milestones of the sealed content in it, of the lots it names.
 * Judged by the version itself, not by the row that stands: what was sealed when it was said stays so when it is replaced.
 * @see schema/PROTOCOL.md 5 and 13
 */
import { type Dataset, type Milestone, type Seal, wireValue } from '@hub/schema';

import { columnTexts } from '../store/column-value.ts';
import { lotColumn } from '../store/columns.ts';

import type { Arrival } from './arrival.ts';
import type { Projection } from './projection.ts';
import { contractOfDeal } from './touched-lots.ts';

/** Milestones that all lots have to reach first; none for what may leave at once. */
export interface Waits {
  readonly contract: string;
  /** The board's codes; none: nobody knows when. */
  readonly lots: readonly string[];
  readonly milestones: readonly Milestone[];
}

/** Whether anything of a dataset is ever sealed. */
export function hasSeals({ sealed, fields }: Dataset): boolean {
  return sealed !== undefined || fields.some((field) => field.sealed !== undefined);
}

/** @returns What a change waits for; its lots also when it holds nothing sealed, for it may come after one that does. */
export function waitsOf(projection: Projection, { stored: { dataset }, op, wire }: Pick<Arrival, 'stored' | 'op' | 'wire'>): Waits {
  if (!hasSeals(dataset)) return { contract: dataset.contract, lots: [], milestones: [] };
  const lotsOf = (seal: Seal): readonly string[] => {
    const column = lotColumn(dataset, seal);
    return column === undefined ? [] : columnTexts(column, wire);
  };
  const { sealed: row, fields } = dataset;
  const said = fields.filter(({ wire: parts }) => parts.some(({ code }) => code !== '' && wireValue(wire, code) !== undefined));
  const seals = said.flatMap(({ sealed }) => sealed ?? []);
  // That there was a record is told by its withdrawal, too; but one that names no lot says nothing of any.
  if (row !== undefined && (op === 'put' || lotsOf(row).length > 0)) seals.push(row);
  const every = [row, ...fields.map(({ sealed }) => sealed)].filter((seal) => seal !== undefined);
  return {
    contract: dataset.type === 'Deal' ? contractOfDeal(projection, dataset, wire) : dataset.contract,
    lots: [...new Set(every.flatMap(lotsOf))],
    milestones: [...new Set(seals.map(({ until }) => until))],
  };
}
