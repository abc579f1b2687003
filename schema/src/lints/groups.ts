/**
 * Statistics: root fields answered by groups, and the types of their groups.
 * @see design/partitioning.md «Group»
 */
import type { FieldDefinitionNode } from 'graphql';

import { argumentsOf, directiveOf, readType } from '../read-contract.ts';
import { type RootField, fieldsOfType, rootFieldsOf } from './definitions.ts';
import type { ReadContract, ReadLaw } from './lint.ts';

/** A field of a group, with the name of the group's type. */
export interface GroupField {
  readonly read: ReadContract;
  readonly type: string;
  readonly node: FieldDefinitionNode;
  /** `KEY` or `SUM`; undefined when it says neither. */
  readonly merge: unknown;
}

/** @returns The root fields answered by groups. */
export function groupRootsOf(law: ReadLaw): readonly RootField[] {
  return rootFieldsOf(law).filter(({ node }) => argumentsOf(directiveOf(node, 'route'))['by'] === 'GROUP');
}

/** @returns Every field of every type that such a root field returns a list of. */
export function groupFieldsOf(law: ReadLaw): readonly GroupField[] {
  return groupRootsOf(law).flatMap(({ read, node }) => {
    const answer = fieldsOfType(law, read, readType(node.type).graphType) ?? [];
    const types = answer.map((field) => readType(field.type)).filter(({ list }) => list);
    return types.flatMap(({ graphType }) =>
      (fieldsOfType(law, read, graphType) ?? []).map((field) => ({
        read,
        type: graphType,
        node: field,
        merge: argumentsOf(directiveOf(field, 'merge'))['by'],
      })),
    );
  });
}
