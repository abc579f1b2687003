/**
 * A selection made plain: conditions decided, fragments opened, fields of one response key put together. What follows needs
 * to know fields and inline fragments only.
 * @see GraphQL specification, section 6.3.2 «CollectFields»
 */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Everything one response key of an object asks for. */
export interface Collected {
  readonly key: string;
  readonly name: string;
  /** undefined for `__typename`. */
  readonly field: GraphQLField<unknown, unknown> | undefined;
  readonly node: FieldNode;
  readonly selections: readonly SelectionNode[];
}

const conditions: ReadonlySet<string> = new Set(['skip', 'include']);

/** @returns Names of the variables that decide `@skip` and `@include`, in order. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(node) {
      const value = node.arguments?.find((argument) => argument.name.value === 'if')?.value;
      if (conditions.has(node.name.value) && value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].toSorted();
}

/** @returns The selections without `@skip`, `@include` and named fragments. */
export function resolveSelections(
  set: SelectionSetNode | undefined,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): readonly SelectionNode[] {
  return (set?.selections ?? []).flatMap((node): readonly SelectionNode[] => {
    if (!isIncluded(node.directives ?? [], variables)) return [];
    const directives = (node.directives ?? []).filter(({ name }) => !conditions.has(name.value));
    if (node.kind === Kind.FIELD) {
      if (node.selectionSet === undefined) return [{ ...node, directives }];
      const inner = resolveSelections(node.selectionSet, fragments, variables);
      // All of it skipped: the object itself is still wanted.
      return [{ ...node, directives, selectionSet: setOf(inner.length === 0 ? [typenameField] : inner) }];
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    const selections = resolveSelections(fragment?.selectionSet, fragments, variables);
    const condition = fragment?.typeCondition;
    if (selections.length === 0) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        directives,
        selectionSet: setOf(selections),
        ...(condition === undefined ? {} : { typeCondition: condition }),
      },
    ];
  });
}

/** @returns What an object of this type is asked for, in the client's order; fragments on other types are left out. */
export function collectFields(schema: GraphQLSchema, type: GraphQLObjectType, selections: readonly SelectionNode[]): readonly Collected[] {
  const collected = new Map<string, Collected>();
  const walk = (nodes: readonly SelectionNode[]): void => {
    for (const node of nodes) {
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const known = collected.get(key);
        const own = node.selectionSet?.selections ?? [];
        const [name, field] = [node.name.value, type.getFields()[node.name.value]];
        if (known === undefined) collected.set(key, { key, name, field, node, selections: own });
        else collected.set(key, { ...known, selections: [...known.selections, ...own] });
      } else if (node.kind === Kind.INLINE_FRAGMENT && applies(schema, type, node.typeCondition?.name.value)) {
        walk(node.selectionSet.selections);
      }
    }
  };
  walk(selections);
  return [...collected.values()];
}

/** The field every object has. */
export const typenameField: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** @returns A selection set of these nodes. */
export function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

function applies(schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

function isIncluded(directives: readonly DirectiveNode[], variables: Readonly<Record<string, unknown>>): boolean {
  return directives.every(({ name, arguments: given }) => {
    if (!conditions.has(name.value)) return true;
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    const decided = value?.kind === Kind.VARIABLE ? variables[value.name.value] : value?.kind === Kind.BOOLEAN && value.value;
    return name.value === 'skip' ? decided !== true : decided === true;
  });
}
