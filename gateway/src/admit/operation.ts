/**
 * One operation as the admission checks see it: which operation of the document, its fragments, its coerced variables.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getVariableValues,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';

/** What is asked to run, valid already. */
export interface Operation {
  /** The supergraph, whose nodes carry the law's directives. */
  readonly schema: GraphQLSchema;
  readonly definition: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced, defaults filled in; what does not coerce is left to the executor to refuse. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** @returns The operation of a validated document. */
export function readOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  { definition, variables }: { readonly definition: OperationDefinitionNode; readonly variables: Readonly<Record<string, unknown>> },
): Operation {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const { coerced } = getVariableValues(schema, definition.variableDefinitions ?? [], { ...variables });
  return {
    schema,
    definition,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: coerced ?? {},
  };
}
