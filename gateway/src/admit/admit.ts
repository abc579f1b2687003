/**
 * May this operation run? The checks in their order, each a file of its own; the first refusal ends it.
 * @see design/architecture.md «The way of a query»
 */
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, visit } from 'graphql';

import { checkArgumentValues } from './argument-values.ts';
import type { Grants } from './caller.ts';
import { checkFilterSizes } from './filter-size.ts';
import { checkLimits, type Limits } from './limits.ts';
import { invalidQuery, onceForEach, type Operation, readOperation } from './operation.ts';
import { checkPageSizes } from './page-size.ts';
import { checkPermission } from './permission.ts';

/** What is asked, by whom. */
export interface Request {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly grants: Grants;
}

/** @throws HubError QUERY_INVALID, QUERY_TOO_LARGE, PAGE_SIZE_INVALID, FILTER_INVALID or FORBIDDEN. */
export function admit(schema: GraphQLSchema, request: Request, limits: Limits): void {
  try {
    const operation = readOperation(schema, request.document, request);
    for (const check of checks) check(operation, request.grants, limits);
  } catch (error) {
    if (error instanceof GraphQLError) throw invalidQuery(error.message);
    throw error;
  }
}

/** Names that begin with `__` are GraphQL's own; as an alias one could pass for a type name on the way back. */
const checkAliases = onceForEach(({ definition, fragments }): void => {
  for (const node of [definition, ...fragments.values()]) {
    visit(node, {
      Field({ alias }) {
        if (alias?.value.startsWith('__')) throw invalidQuery(`alias "${alias.value}" must not begin with "__".`);
      },
    });
  }
});

const checks: readonly ((operation: Operation, grants: Grants, limits: Limits) => void)[] = [
  checkAliases,
  checkPageSizes,
  (operation, _grants, limits) => checkLimits(operation, limits),
  (operation, grants) => checkPermission(operation, grants),
  checkFilterSizes,
  checkArgumentValues,
];
