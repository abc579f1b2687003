/**
 * Several contracts as the one schema a system serves: shared parts once, key-only stubs replaced by the types themselves.
 * @see design/architecture.md «Composition»
 */
import { type DefinitionNode, type DocumentNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';

/**
 * @param served - Expanded SDL of each contract.
 * @returns One document, fit for a federation subgraph.
 */
export function serveContracts(served: readonly string[]): DocumentNode {
  const definitions = new Map<string, DefinitionNode>();
  const queries: DefinitionNode[] = [];
  for (const definition of served.flatMap((sdl) => parse(sdl).definitions)) {
    const name = nameOf(definition);
    if (name === 'type Query') {
      queries.push(extension(definition));
      continue;
    }
    const known = definitions.get(name);
    if (known === undefined || (isStub(known) && !isStub(definition))) definitions.set(name, definition);
  }
  return { kind: Kind.DOCUMENT, definitions: [...definitions.values(), ...queries] };
}

function nameOf(definition: DefinitionNode): string {
  if (definition.kind === Kind.SCHEMA_EXTENSION) {
    return definition.directives?.some((directive) => directive.name.value === 'link') ? 'schema link' : 'schema contract';
  }
  if (!('name' in definition) || definition.name === undefined) return definition.kind;
  const { value } = definition.name;
  return definition.kind === Kind.DIRECTIVE_DEFINITION ? `directive ${value}` : `type ${value}`;
}

/** A type known here by its key only. */
function isStub(definition: DefinitionNode): boolean {
  return (
    definition.kind === Kind.OBJECT_TYPE_DEFINITION &&
    (definition.directives ?? []).some(
      (directive) =>
        directive.name.value === 'key' &&
        directive.arguments?.some(
          (argument) => argument.name.value === 'resolvable' && argument.value.kind === Kind.BOOLEAN && !argument.value.value,
        ),
    )
  );
}

function extension(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return definition;
  const { description: _, ...rest }: ObjectTypeDefinitionNode = definition;
  return { ...rest, kind: Kind.OBJECT_TYPE_EXTENSION };
}
