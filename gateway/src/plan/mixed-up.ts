/**
 * Fields of an interface object that stand under one response key in fragments on different types. Its subgraph does not know those
 * types, so the planner asks it for one of these fields and takes it for all.
 * @see check-plan.ts
 */
import type { Joins } from '@hub/schema';
import { type FieldNode, Kind, print, type SelectionSetNode, visit } from 'graphql';

import type { PlacedFetch, PlannedDocument } from './check-plan.ts';

/** @returns A field that is asked for and that no fetch asks for. */
export function mixedUp(fetches: readonly PlacedFetch[], asked: PlannedDocument, joins: Joins): string | undefined {
  const names = interfaceObjectFields(joins);
  if (names.size === 0) return undefined;
  const found = new Set(fetches.flatMap(askedIn));
  return wantedIn(asked, names).find((field) => !found.has(field));
}

function interfaceObjectFields({ types, fields }: Joins): ReadonlySet<string> {
  const objects = new Set(types.flatMap(({ type, graph, isInterfaceObject }) => (isInterfaceObject ? [`${graph} ${type}`] : [])));
  return new Set(fields.flatMap(({ type, graph, field }) => (objects.has(`${graph ?? ''} ${type}`) ? [field] : [])));
}

/** What a fetch asks for, under the keys it comes back by. */
function askedIn({ fetch, operation }: PlacedFetch): readonly string[] {
  const renamed = new Map(
    (fetch.outputRewrites ?? []).flatMap((rewrite) =>
      rewrite.kind === 'KeyRenamer' ? [[String(rewrite.path.at(-1)), rewrite.renameKeyTo] as const] : [],
    ),
  );
  const asked: string[] = [];
  visit(operation, {
    Field(node) {
      const key = keyOf(node);
      asked.push(written(node, key), written(node, renamed.get(key) ?? key));
    },
  });
  return asked;
}

function wantedIn({ document, operation }: PlannedDocument, names: ReadonlySet<string>): readonly string[] {
  const wanted: string[] = [];
  const spread = new Set<string>();
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const walk = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      // What is never wanted need not be fetched.
      if ((node.directives ?? []).some((directive) => directive.arguments?.[0]?.value.kind === Kind.BOOLEAN)) continue;
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = spread.has(node.name.value) ? undefined : fragments.get(node.name.value);
        spread.add(node.name.value);
        if (fragment !== undefined) walk(fragment.selectionSet);
        continue;
      }
      if (node.kind === Kind.FIELD && names.has(node.name.value)) wanted.push(written(node, keyOf(node)));
      if (node.selectionSet !== undefined) walk(node.selectionSet);
    }
  };
  walk(operation.selectionSet);
  return wanted;
}

function keyOf({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}

function written({ name, arguments: given = [] }: FieldNode, key: string): string {
  const texts = given.map((argument) => print(argument)).toSorted();
  return `${key}: ${name.value}(${texts.join(', ')})`;
}
