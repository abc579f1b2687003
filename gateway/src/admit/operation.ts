/**
 * One operation as the admission checks see it: which operation of the document, its fragments, its coerced variables.
 */
import { HubError } from '@hub/schema';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getVariableValues,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';

/** What is asked to run, valid already. */
export interface Operation {
  /** The supergraph, whose nodes carry the law's directives. */
  readonly schema: GraphQLSchema;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced, defaults filled in. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An operation but for what changes from request to request. */
export type OperationText = Pick<Operation, 'schema' | 'definition' | 'fragments'>;

/** @returns `work`, done once for each operation that is parsed: Apollo Server keeps the documents it has parsed. */
export function onceForEach<Found>(work: (operation: OperationText) => Found): (operation: OperationText) => Found {
  const known = new WeakMap<OperationDefinitionNode, { readonly schema: GraphQLSchema; readonly found: Found }>();
  return (operation) => {
    const { schema, definition } = operation;
    const before = known.get(definition);
    if (before?.schema === schema) return before.found;
    const found = work(operation);
    known.set(definition, { schema, found });
    return found;
  };
}

/** @returns The operation of a validated document. @throws HubError QUERY_INVALID when it is of a kind this graph has not, or its variables do not fit. */
export function readOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  { definition, variables }: { readonly definition: OperationDefinitionNode; readonly variables: Readonly<Record<string, unknown>> },
): Operation {
  const kind = definition.operation;
  if (kind === OperationTypeNode.SUBSCRIPTION || schema.getRootType(kind) === undefined) throw invalidQuery(`this graph has no ${kind}.`);
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const { coerced, errors } = getVariableValues(schema, definition.variableDefinitions ?? [], { ...variables });
  if (errors !== undefined) throw invalidQuery(errors.map(({ message }) => message).join(' '));
  return {
    schema,
    definition,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: coerced,
  };
}

/** The refusal of a query that the schema does not allow. @param why - What GraphQL says about it. */
export function invalidQuery(why: string): HubError {
  return new HubError('QUERY_INVALID', { zh: `查询无效：${why}`, en: why });
}
