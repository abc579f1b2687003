/**
 * Where a client finds an error: along the response keys it asked for. What is fetched for others to be computed from has no place
 * in the answer, and clients may not even see its name; its errors stand at the object it belongs to.
 * @see GraphQL, October 2021, 7.1.2 «Errors»
 */
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';

import type { Path } from '../fetch/source.ts';
import { isIncluded, type Reading } from './collect.ts';
import { isTarget, own, type Target } from './place.ts';

/** What was asked. */
export interface AskedKeys {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Response keys under which the data has something else, from the client's to the data's. */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/** One run of the operation. */
export interface Shown {
  readonly conditions: Reading['conditions'];
  /** Of objects that are there only what was asked of their type; what was asked where null stands is not seen in it. */
  readonly answer: Target | null;
}

/** @returns What makes a path in the data one of the answer. */
export function compileShownPath({ operation, fragments, keys }: AskedKeys): (path: Path, shown: Shown) => Path {
  const held = new Map([...(keys ?? [])].map(([key, name]) => [name, key]));
  return (path, { conditions, answer }) => {
    let value: unknown = answer;
    const shown: (string | number)[] = [];
    let sets: readonly SelectionSetNode[] = [operation.selectionSet];
    for (const step of path) {
      if (typeof step === 'string') {
        const key = held.get(step) ?? (keys?.has(step) === true ? undefined : step);
        const asked = key === undefined ? [] : fieldsOf(sets, key, { fragments, conditions });
        if (key === undefined || asked.length === 0 || (isTarget(value) && !Object.hasOwn(value, key))) return shown;
        value = isTarget(value) ? own(value, key) : undefined;
        sets = asked.flatMap(({ selectionSet }) => selectionSet ?? []);
        shown.push(key);
      } else {
        value = Array.isArray(value) ? value[step] : undefined;
        shown.push(step);
      }
    }
    return shown;
  };
}

type Field = Extract<SelectionNode, { kind: Kind.FIELD }>;

/** Of whatever types. */
function fieldsOf(sets: readonly SelectionSetNode[], key: string, reading: Omit<Reading, 'schema'>): readonly Field[] {
  return sets.flatMap(({ selections }) =>
    selections.flatMap((node): readonly Field[] => {
      if (!isIncluded(node.directives, reading.conditions)) return [];
      if (node.kind === Kind.FIELD) return (node.alias ?? node.name).value === key ? [node] : [];
      const inner = node.kind === Kind.FRAGMENT_SPREAD ? reading.fragments.get(node.name.value)?.selectionSet : node.selectionSet;
      return inner === undefined ? [] : fieldsOf([inner], key, reading);
    }),
  );
}
