/**
 * Changes in the order in which they are asked for. The planner moves what a fragment asks of the root before what stands there by
 * itself, and puts together fragments on the same condition: changes would be made in another order.
 * @see gateway/README.md «Where the planner is wrong»; GraphQL, October 2021, 6.2.2 «Mutation»
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** Whether the order of an operation's root fields matters and the planner may not keep it. */
export function isOrderAtStake(document: DocumentNode, operationName: string | undefined): boolean {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== OperationTypeNode.MUTATION) return false;
  const operations = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operations.length > 1 || operation.selectionSet.selections.some(({ kind }) => kind !== Kind.FIELD);
}

/**
 * The operation alone, its root fields taken out of fragments, in order. The planner also puts fragments back where they would fit,
 * so those that are no longer used are left out.
 * @param document - Without conditions.
 */
export function rootFieldsInOrder(document: DocumentNode, operationName: string | undefined): DocumentNode {
  const operation = getOperationAST(document, operationName);
  if (operation === undefined || operation === null) return document;
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [])),
  );
  const selectionSet = { ...operation.selectionSet, selections: fieldsOf(operation.selectionSet, fragments, new Set()) };
  return { ...document, definitions: [{ ...operation, selectionSet }, ...usedIn(selectionSet, fragments)] };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** Each named fragment once, as in 6.3.2 «CollectFields». */
function fieldsOf({ selections }: SelectionSetNode, fragments: Fragments, seen: Set<string>): readonly FieldNode[] {
  return selections.flatMap((node): readonly FieldNode[] => {
    if (node.kind === Kind.FIELD) return [node];
    if (node.kind === Kind.INLINE_FRAGMENT) return fieldsOf(node.selectionSet, fragments, seen);
    const named = fragments.get(node.name.value);
    if (named === undefined || seen.has(node.name.value)) return [];
    seen.add(node.name.value);
    return fieldsOf(named.selectionSet, fragments, seen);
  });
}

function usedIn(selectionSet: SelectionSetNode, fragments: Fragments): readonly FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const walk = (node: SelectionSetNode): void =>
    void visit(node, {
      FragmentSpread({ name }) {
        const named = fragments.get(name.value);
        if (named === undefined || used.has(named)) return;
        used.add(named);
        walk(named.selectionSet);
      },
    });
  walk(selectionSet);
  return [...used];
}
