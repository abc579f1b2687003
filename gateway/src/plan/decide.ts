/**
 * An operation as it is when its `@skip` and `@include` have fallen one way. The planner puts what several fields of a fetch
 * require in one list, and the fetch needs all of it: were one of these fields skipped, the others would come to nothing.
 * @see gateway/README.md «Where the planner is wrong»
 */
import type { Joins } from '@hub/schema';
import { type DirectiveNode, type DocumentNode, Kind, type SelectionNode, type SelectionSetNode, visit } from 'graphql';

/** Names of fields that require others. */
export function requiringFields({ fields }: Joins): ReadonlySet<string> {
  return new Set(fields.filter(({ requires }) => requires !== undefined).map(({ field }) => field));
}

/** Whether an operation is planned once for each way its conditions fall. */
export function isDecidedFirst(document: DocumentNode, requiring: ReadonlySet<string>): boolean {
  if (requiring.size === 0) return false;
  let requires = false;
  visit(document, { Field: ({ name }) => void (requires ||= requiring.has(name.value)) });
  return requires && hasConditions(document);
}

/**
 * Whether an object may be asked for of which nothing is wanted: all inside it is conditional. The planner lets the conditions inside
 * decide about the object too.
 */
export function mayBeEmpty(document: DocumentNode): boolean {
  let may = false;
  visit(document, {
    SelectionSet({ selections }, _key, parent) {
      const isRoot = parent !== undefined && 'kind' in parent && parent.kind === Kind.OPERATION_DEFINITION;
      may ||= !isRoot && selections.every(({ directives = [] }) => directives.some(isCondition));
    },
  });
  return may;
}

export function hasConditions(document: DocumentNode): boolean {
  let has = false;
  visit(document, { Directive: (node) => void (has ||= isCondition(node)) });
  return has;
}

/** @param conditions - Values of the variables that decide. @returns The document without conditions, and without what is skipped. */
export function decide(document: DocumentNode, conditions: Readonly<Record<string, unknown>>): DocumentNode {
  const selected = (node: SelectionNode): SelectionNode | null | undefined => {
    const directives = node.directives ?? [];
    const decisive = directives.filter(isCondition);
    if (decisive.length === 0) return undefined;
    if (!decisive.every((directive) => isWanted(directive, conditions))) return null;
    return { ...node, directives: directives.filter((directive) => !isCondition(directive)) };
  };
  const filled = (node: SelectionSetNode): SelectionSetNode | undefined => (node.selections.length > 0 ? undefined : onlyTypename);
  return visit(document, {
    Field: { enter: selected },
    InlineFragment: { enter: selected },
    FragmentSpread: { enter: selected },
    SelectionSet: { leave: filled },
  });
}

/** An object of which nothing is wanted is wanted all the same. */
const onlyTypename: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === 'skip' || name.value === 'include';
}

function isWanted({ name, arguments: given = [] }: DirectiveNode, conditions: Readonly<Record<string, unknown>>): boolean {
  const value = given.find((argument) => argument.name.value === 'if')?.value;
  const is = value?.kind === Kind.VARIABLE ? conditions[value.name.value] === true : value?.kind === Kind.BOOLEAN && value.value;
  return name.value === 'skip' ? !is : is;
}
