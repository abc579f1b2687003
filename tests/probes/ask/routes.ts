/**
 * Ways to a record: lists, single records, business codes, relations in both directions, the board's full record.
 */
import { type Dataset, type Field, plural, singular } from '@hub/schema';

import type { Level } from '../../support/query/law-schema.ts';
import { type Making, type Written, datasetsByType, strictest } from './probe.ts';

type Written1 = Written;

/** Writes a way to records of a type around what is asked of them. */
type Route = (dataset: Dataset, inner: Written1, making: Making) => Written1 | undefined;

const deepest = 3;

/** @returns A root field that leads to records of the dataset. */
export function writeRoute(dataset: Dataset, inner: Written, making: Making, depth = 0): Written {
  const { throws } = making;
  const steps: readonly Route[] = depth < deepest ? [...roots, ...onward, ...onward] : roots;
  for (const route of throws.shuffle(steps)) {
    const written = route === throughRelation ? relation(dataset, inner, making, depth) : route(dataset, inner, making);
    if (written !== undefined) return written;
  }
  return inner;
}
