/**
 * What a round brought, in counts, and what was wrong with which row.
 */
import { type Dataset, type Violation, shownValue } from '@hub/schema';

import { type Entry, entryName } from '../mapping/mapping.ts';

/** Rows, or messages of a folder. */
export interface BridgeCount {
  readonly read: number;
  /** New versions put in place. */
  readonly stored: number;
  readonly withdrawn: number;
  /** Said nothing new. */
  readonly unchanged: number;
  readonly refused: number;
  /** Stored with warnings. */
  readonly warned: number;
}

/** One thing wrong with one row, ready to be shown: values that are not public are masked. */
export interface RowFinding extends Omit<Violation, 'value'> {
  /** Entry, or file. */
  readonly entry: string;
  /** Key of the row, or line of the file. */
  readonly row: string;
  readonly value: string | undefined;
}

/** Nothing yet. */
export const noCount: BridgeCount = { read: 0, stored: 0, withdrawn: 0, unchanged: 0, refused: 0, warned: 0 };

/** @returns Both together. */
export function addCounts(a: BridgeCount, b: BridgeCount): BridgeCount {
  return {
    read: a.read + b.read,
    stored: a.stored + b.stored,
    withdrawn: a.withdrawn + b.withdrawn,
    unchanged: a.unchanged + b.unchanged,
    refused: a.refused + b.refused,
    warned: a.warned + b.warned,
  };
}

/** A violation and where it stands. */
export interface Placed {
  readonly entry: string;
  readonly row: string;
  readonly violation: Violation;
}

/** @returns The violation as a report shows it; of a dataset that is not known, without its value. */
export function shownFinding(dataset: Dataset | undefined, { entry, row, violation }: Placed): RowFinding {
  return { ...violation, entry, row, value: dataset === undefined ? undefined : shownValue(dataset, violation) };
}

/** @returns The same, of a row of an entry. */
export function rowFinding(
  entry: Entry,
  dataset: Dataset,
  { row = '', violation }: { row: string | undefined; violation: Violation },
): RowFinding {
  return shownFinding(dataset, { entry: entryName(entry), row, violation });
}
