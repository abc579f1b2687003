/**
 * Operations with `@defer` out of operations without, and one answer out of the parts of one.
 */
import { type ConstDirectiveNode, type DirectiveNode, Kind, parse, print, type SelectionNode, type SelectionSetNode, visit } from 'graphql';

import type { InParts } from '../execute/defer.ts';
import type { Choice } from './choice.ts';

const defer: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'defer' } };

/** @returns The operation with `@defer` on some of its fragments, and on some made for it. */
export function deferSome(text: string, choice: Choice): string {
  const deferred = <Node extends { readonly directives?: readonly DirectiveNode[] | undefined }>(node: Node): Node | undefined =>
    choice.chance(40) ? { ...node, directives: [...(node.directives ?? []), defer] } : undefined;
  const document = visit(parse(text, { noLocation: true }), {
    FragmentSpread: deferred,
    InlineFragment: deferred,
    SelectionSet: { leave: (set): SelectionSetNode | undefined => (choice.chance(25) ? cut(set, choice) : undefined) },
  });
  return print(document);
}

function cut({ selections }: SelectionSetNode, choice: Choice): SelectionSetNode {
  const from = choice.below(selections.length);
  const later: SelectionNode = {
    kind: Kind.INLINE_FRAGMENT,
    directives: [defer],
    selectionSet: { kind: Kind.SELECTION_SET, selections: selections.slice(from) },
  };
  return { kind: Kind.SELECTION_SET, selections: [...selections.slice(0, from), later] };
}

/** What the parts of an answer come to. */
export interface MergedParts {
  readonly data: unknown;
  readonly messages: readonly string[];
  readonly payloads: number;
  /** Payloads whose null stayed where it was. */
  readonly nulls: number;
}

/** Merges parts as clients do. */
export async function mergeParts({ first, rest }: InParts): Promise<MergedParts> {
  const data = structuredClone(first.data);
  const messages = new Set(first.errors.map(({ message }) => message));
  let [payloads, nulls] = [0, 0];
  for await (const delivered of rest) {
    for (const { path, data: part, errors } of delivered.payloads) {
      payloads++;
      for (const { message } of errors) messages.add(message);
      if (part === null) nulls++;
      else
        merge(
          path.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), data),
          structuredClone(part),
        );
    }
  }
  return { data, messages: [...messages].toSorted(), payloads, nulls };
}

function merge(into: unknown, from: unknown): void {
  if (!isObject(into) || !isObject(from)) throw new TypeError('a part without a place');
  for (const name of Object.keys(from)) {
    if (isObject(into[name]) && isObject(from[name])) merge(into[name], from[name]);
    else Object.defineProperty(into, name, { value: from[name], writable: true, enumerable: true, configurable: true });
  }
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
