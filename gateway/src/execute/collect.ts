/**
 * What a client asks of an object of one type, in its order: fragments taken in, `@skip` and `@include` decided.
 * @see GraphQL, October 2021, 6.3.2 «CollectFields»
 */
import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** What one operation is read by. */
export interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Values of the variables that decide `@skip` and `@include`. */
  readonly conditions: Readonly<Record<string, unknown>>;
}

/** A field of the answer, wherever it is asked for. */
export interface Asked {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
}

/** @returns The fields of an object of `type`, each response key once. */
export function collectAsked(sets: readonly SelectionSetNode[], type: GraphQLCompositeType, reading: Reading): readonly Asked[] {
  const { schema, fragments, conditions } = reading;
  const found = new Map<string, FieldNode[]>();
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (!isIncluded(node.directives, conditions)) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const known = found.get(key);
        if (known === undefined) found.set(key, [node]);
        else known.push(node);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      if (fragment !== undefined && applies(schema, type, fragment.typeCondition?.name.value)) walk(fragment.selectionSet);
    }
  };
  for (const set of sets) walk(set);
  return [...found].map(([key, nodes]) => ({ key, nodes }));
}

/** Whether a fragment on `condition` says anything of an object of `type`. */
// oxlint-disable-next-line max-params -- one question, asked for every object
export function applies(schema: GraphQLSchema, type: GraphQLCompositeType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && 'getFields' in type && schema.isSubType(wanted, type);
}

/** Whether `@skip` and `@include` let a selection stand. */
export function isIncluded(directives: readonly DirectiveNode[] | undefined, conditions: Reading['conditions']): boolean {
  return (directives ?? []).every(({ name, arguments: given }) => {
    if (name.value !== 'skip' && name.value !== 'include') return true;
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    const decided = value?.kind === Kind.VARIABLE ? conditions[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
    return name.value === 'skip' ? decided !== true : decided === true;
  });
}
