/**
 * An operation with `@defer`, taken apart: what is answered first, and each fragment that comes after it. Every place where a
 * fragment stands is a part of its own, so a fragment with `@defer` inside is written out where it is spread.
 * @see gateway/README.md «@defer»
 */
import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLCompositeType,
  type InlineFragmentNode,
  isCompositeType,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

import { decide } from '../plan/decide.ts';
import { isIncluded, type Reading } from './collect.ts';

/** Down from an object: to a field's value, or on only if the object is of a type. */
export type DeferStep = { readonly key: string; readonly type: GraphQLCompositeType } | { readonly on: string };

/** What one `@defer` puts off. */
export interface DeferredFragment {
  /** Its label in the operation that is planned: no two have the same. */
  readonly id: string;
  /** As the client named it. */
  readonly label: string | undefined;
  /** From the object around: the operation's root, or where the deferred fragment around it stands. */
  readonly steps: readonly DeferStep[];
  /** Without what is put off further. */
  readonly set: SelectionSetNode;
  readonly nested: readonly DeferredFragment[];
}

/** An operation in parts. */
export interface OperationParts {
  /** What is planned; undefined: nothing is to be fetched. */
  readonly planned: DocumentNode | undefined;
  /** What is answered first. */
  readonly set: SelectionSetNode;
  readonly deferred: readonly DeferredFragment[];
}

/** @returns A document that asks for everything at once. */
export function withoutDefer(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: ({ name }) => (name.value === 'defer' ? null : undefined) });
}

/** What is put off in one operation; each has data of its own. */
const maxDeferred = 16;

/** @returns undefined when, as the conditions fall, nothing is put off, or so much that it is better answered at once. */
export function operationParts(operation: OperationDefinitionNode, reading: Reading): OperationParts | undefined {
  const root = reading.schema.getRootType(operation.operation);
  if (root === undefined || root === null) return undefined;
  const walk = new Walk(reading);
  const deferred: DeferredFragment[] = [];
  const { kept, planned } = walk.set(operation.selectionSet, { type: root, steps: [], deferred });
  if (deferred.length === 0 || walk.found > maxDeferred) return undefined;
  const fragments = [...reading.fragments.values()].filter((fragment) => !walk.reaches(fragment));
  const definitions = [{ ...operation, selectionSet: setOf(planned) }, ...fragments];
  const document = decide({ kind: Kind.DOCUMENT, definitions }, reading.conditions);
  return { planned: planned.length === 0 ? undefined : document, set: setOf(kept), deferred };
}

interface Around {
  readonly type: GraphQLCompositeType | undefined;
  readonly steps: readonly DeferStep[];
  readonly deferred: DeferredFragment[];
}

interface Selections {
  /** What the part answers. */
  readonly kept: readonly SelectionNode[];
  /** What is planned: all parts, and nothing about the schema itself. */
  readonly planned: readonly SelectionNode[];
}

class Walk {
  readonly #reading: Reading;
  readonly #reaching = new Map<string, boolean>();
  /** Fragments that are put off. */
  found = 0;

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  set({ selections }: SelectionSetNode, around: Around): Selections {
    if (this.found > maxDeferred) return { kept: [], planned: [] };
    const kept: SelectionNode[] = [];
    const planned: SelectionNode[] = [];
    for (const node of selections) {
      if (!isIncluded(node.directives, this.#reading.conditions)) continue;
      const inner = this.#selection(node, around);
      kept.push(...inner.kept);
      planned.push(...inner.planned);
    }
    return { kept, planned };
  }

  /** Whether there is a `@defer` on or in it, whatever becomes of that. */
  reaches(node: SelectionNode | FragmentDefinitionNode): boolean {
    if (deferOf(node.directives) !== undefined) return true;
    if (node.kind !== Kind.FRAGMENT_SPREAD) return node.selectionSet?.selections.some((inner) => this.reaches(inner)) === true;
    const { value: name } = node.name;
    const fragment = this.#reading.fragments.get(name);
    const known = this.#reaching.get(name) ?? (fragment !== undefined && this.reaches(fragment));
    this.#reaching.set(name, known);
    return known;
  }

  #selection(node: SelectionNode, around: Around): Selections {
    const isAboutSchema = node.kind === Kind.FIELD && (node.name.value === '__schema' || node.name.value === '__type');
    if (isAboutSchema) return { kept: [node], planned: [] };
    if (!this.reaches(node)) return { kept: [node], planned: [node] };
    const directives = (node.directives ?? []).filter(({ name }) => !decided.has(name.value));
    if (node.kind === Kind.FIELD) {
      const { type, steps, deferred } = around;
      const field = type !== undefined && 'getFields' in type ? type.getFields()[node.name.value] : undefined;
      const named = field === undefined ? undefined : getNamedType(field.type);
      if (node.selectionSet === undefined || !isCompositeType(named)) return { kept: [node], planned: [node] };
      const key = node.alias?.value ?? node.name.value;
      const { kept, planned } = this.set(node.selectionSet, { type: named, steps: [...steps, { key, type: named }], deferred });
      return {
        kept: [{ ...node, directives, selectionSet: setOf(kept) }],
        // The object itself is wanted, whatever of it is skipped.
        planned: [{ ...node, directives, selectionSet: setOf(planned.length === 0 ? [typename] : planned) }],
      };
    }
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#reading.fragments.get(node.name.value);
    return fragment === undefined ? { kept: [], planned: [] } : this.#fragment(node, { fragment, directives, around });
  }

  #fragment(node: SelectionNode, { fragment, directives, around }: Written): Selections {
    const { typeCondition, selectionSet } = fragment;
    const condition = typeCondition?.name.value;
    const narrowed = condition === undefined ? around.type : this.#reading.schema.getType(condition);
    const type = isCompositeType(narrowed) ? narrowed : undefined;
    const steps = condition === undefined ? around.steps : [...around.steps, { on: condition }];
    const defer = deferOf(node.directives);
    if (defer === undefined || !this.#isDeferred(defer)) {
      const { kept, planned } = this.set(selectionSet, { ...around, type, steps });
      return { kept: inline(typeCondition, directives, kept), planned: inline(typeCondition, directives, planned) };
    }
    const id = `d${this.found++}`;
    const nested: DeferredFragment[] = [];
    const { kept, planned } = this.set(selectionSet, { type, steps: [], deferred: nested });
    around.deferred.push({ id, label: labelOf(defer), steps, set: setOf(kept), nested });
    return { kept: [], planned: inline(typeCondition, [...directives, labelled(id)], planned) };
  }

  #isDeferred({ arguments: given }: DirectiveNode): boolean {
    const value = given?.find(({ name }) => name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) return this.#reading.conditions[value.name.value] !== false;
    return value?.kind !== Kind.BOOLEAN || value.value;
  }
}

interface Written {
  readonly fragment: InlineFragmentNode | FragmentDefinitionNode;
  readonly directives: readonly DirectiveNode[];
  readonly around: Around;
}

/** Directives that have had their say. */
const decided: ReadonlySet<string> = new Set(['skip', 'include', 'defer']);
const typename: SelectionNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function deferOf(directives: readonly DirectiveNode[] | undefined): DirectiveNode | undefined {
  return directives?.find(({ name }) => name.value === 'defer');
}

function labelOf({ arguments: given }: DirectiveNode): string | undefined {
  const value = given?.find(({ name }) => name.value === 'label')?.value;
  return value?.kind === Kind.STRING ? value.value : undefined;
}

function labelled(id: string): ConstDirectiveNode {
  const label = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value: { kind: Kind.STRING, value: id } } as const;
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' }, arguments: [label] };
}

// oxlint-disable-next-line max-params -- the three parts of a fragment
function inline(
  typeCondition: NamedTypeNode | undefined,
  directives: readonly DirectiveNode[],
  selections: readonly SelectionNode[],
): readonly SelectionNode[] {
  if (selections.length === 0) return [];
  const node: InlineFragmentNode = { kind: Kind.INLINE_FRAGMENT, directives, selectionSet: setOf(selections) };
  return [typeCondition === undefined ? node : { ...node, typeCondition }];
}

function setOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}
