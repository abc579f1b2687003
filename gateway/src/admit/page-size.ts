/**
 * Pages have 1 to 100 rows, wherever the number is written.
 * @see design/graph.md «Shape»
 */
import { HubError } from '@hub/schema';
import { getArgumentValues, Kind, type SelectionSetNode } from 'graphql';

import { operatorOf } from '../plan/marks.ts';
import type { Operation } from './operation.ts';

const maxPageSize = 100;

/** @throws HubError PAGE_SIZE_INVALID */
export function checkPageSizes(operation: Operation): void {
  const { schema, definition, fragments, variables } = operation;
  const fields = schema.getQueryType()?.getFields() ?? {};
  const walk = (set: SelectionSetNode | undefined): void => {
    for (const node of set?.selections ?? []) {
      if (node.kind === Kind.INLINE_FRAGMENT) walk(node.selectionSet);
      else if (node.kind === Kind.FRAGMENT_SPREAD) walk(fragments.get(node.name.value)?.selectionSet);
      else {
        const field = fields[node.name.value];
        if (field !== undefined && operatorOf(field) === 'PAGE') {
          checkSize(getArgumentValues(field, node, { ...variables })['first']);
        }
      }
    }
  };
  walk(definition.selectionSet);
}

/** @returns The size, when it is one. @throws HubError PAGE_SIZE_INVALID */
export function checkSize(first: unknown): number {
  if (typeof first === 'number' && Number.isInteger(first) && first >= 1 && first <= maxPageSize) return first;
  throw new HubError('PAGE_SIZE_INVALID', {
    zh: `每页条数 first 应为 1–${maxPageSize}。`,
    en: `first must be from 1 to ${maxPageSize}.`,
  });
}
