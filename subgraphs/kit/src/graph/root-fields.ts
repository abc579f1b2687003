/**
 * Resolvers of the root fields a dataset has: the list, the single record by id, the one by business code.
 * @see design/graph.md «Shape»
 */
import { type Dataset, plural, singular } from '@hub/schema';

import type { SystemContext } from './context.ts';
import { pageResolver } from './page-field.ts';
import { recordByCode } from './record-by-code.ts';
import { recordById } from './record-by-id.ts';

type Resolver = (parent: unknown, args: Readonly<Record<string, unknown>>, context: SystemContext) => unknown;

/** @returns Resolvers of `Query` by field name. */
export function rootResolvers(dataset: Dataset): Readonly<Record<string, Resolver>> {
  const code: Resolver = (_parent, args, context) => recordByCode(dataset, args['code'], context);
  const byCode = dataset.byCode === undefined ? {} : { [`${singular(dataset.type)}ByCode`]: code };
  const single: Resolver = (_parent, { id }, { byId }) => recordById(dataset, id, byId);
  return { [plural(dataset.type)]: pageResolver(dataset), [singular(dataset.type)]: single, ...byCode };
}
