/**
 * The planner goes back to a subgraph, after it fetched what a field there requires, by the first key of the type, found by it
 * or not. So the planner is shown those first by which the subgraph finds entities.
 * @see design/engine.md «Known faults»
 */
import { type ConstDirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

/** @returns The supergraph with each type's resolvable keys before all others; nothing else depends on their order. */
export function resolvableKeysFirst(supergraph: DocumentNode): DocumentNode {
  const ordered = <T extends { readonly directives?: readonly ConstDirectiveNode[] | undefined }>(node: T): T | undefined => {
    const directives = node.directives ?? [];
    const after = directives.filter(isNotResolvable);
    return after.length === 0 ? undefined : { ...node, directives: [...directives.filter((one) => !isNotResolvable(one)), ...after] };
  };
  return visit(supergraph, { ObjectTypeDefinition: ordered, InterfaceTypeDefinition: ordered });
}

function isNotResolvable({ name, arguments: given = [] }: ConstDirectiveNode): boolean {
  if (name.value !== 'join__type') return false;
  return given.some(({ name: { value: argument }, value }) => argument === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value);
}
