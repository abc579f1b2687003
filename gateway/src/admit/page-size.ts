/**
 * Pages have 1 to 100 rows, wherever the number is written.
 * @see design/graph.md «Shape»
 */
import { HubError } from '@hub/schema';
import { getArgumentValues } from 'graphql';

import { operatorOf } from '../plan/marks.ts';
import { namedFields } from './fields.ts';
import { onceForEach, type Operation } from './operation.ts';

const maxPageSize = 100;

/** @throws HubError PAGE_SIZE_INVALID */
export function checkPageSizes(operation: Operation): void {
  for (const { field, node } of pagesOf(operation)) checkSize(getArgumentValues(field, node, { ...operation.variables })['first']);
}

/** @returns The fields that are answered by pages. */
export const pagesOf = onceForEach((operation) => namedFields(operation).filter(({ field }) => operatorOf(field) === 'PAGE'));

/** @returns The size, when it is one. @throws HubError PAGE_SIZE_INVALID */
export function checkSize(first: unknown): number {
  if (typeof first === 'number' && Number.isInteger(first) && first >= 1 && first <= maxPageSize) return first;
  throw new HubError('PAGE_SIZE_INVALID', {
    zh: `每页条数 first 应为 1–${maxPageSize}。`,
    en: `first must be from 1 to ${maxPageSize}.`,
  });
}
