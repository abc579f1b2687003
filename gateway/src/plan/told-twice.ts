/**
 * Two fields of one object that are told to subgraphs under one name and are not the same: `price(currency: "USD")` for one,
 * `price(currency: "CNY")` for another. The planner fetches one of them for both.
 * @see check-plan.ts
 */
import { fieldSet, type Joins } from '@hub/schema';
import { type FieldNode, Kind, print, type SelectionSetNode } from 'graphql';

import type { PlacedFetch } from './check-plan.ts';

/** What is told and what should be. */
export interface ToldTwice {
  /** The field that requires it. */
  readonly of: string;
  readonly wanted: string;
  readonly found: string;
}

interface Found {
  readonly written: string;
  /** That it is asked of, where that is said. */
  readonly type: string | undefined;
}

/** @returns The first field that would be computed from another than it requires. */
export function toldInTwoWays(fetches: readonly PlacedFetch[], { fields, names, objects }: Joins): ToldTwice | undefined {
  // Without arguments nothing can be asked for in two ways.
  if (!fields.some(({ requires }) => requires?.includes('('))) return undefined;
  const found = new Map<string, Found[]>();
  for (const { fetch, path, operation } of fetches) {
    const note = (at: readonly string[], field: Found): void => {
      const place = at.join('/');
      found.set(place, [...(found.get(place) ?? []), field]);
    };
    walk(fetch.requires === undefined ? [operation.selectionSet] : insideEntities(operation.selectionSet), path, note);
  }
  for (const { fetch, path, operation } of fetches) {
    if (fetch.requires === undefined) continue;
    for (const { type, name } of topFields(operation.selectionSet)) {
      const joined = fields.find((one) => one.type === type && one.field === name && names.get(one.graph ?? '') === fetch.serviceName);
      if (joined?.requires === undefined) continue;
      let wrong: ToldTwice | undefined;
      const mayBe = (other: string | undefined): boolean => other === undefined || other === type || !objects.has(other);
      walk([fieldSet(joined.requires)], path, (at, { written }) => {
        const other = found.get(at.join('/'))?.find((one) => one.written !== written && mayBe(one.type));
        if (other !== undefined) wrong ??= { of: `${type}.${name}`, wanted: written, found: other.written };
      });
      if (wrong !== undefined) return wrong;
    }
  }
  return undefined;
}

type Note = (at: readonly string[], field: Found) => void;

// oxlint-disable-next-line max-params -- a walk
function walk(sets: readonly SelectionSetNode[], at: readonly string[], note: Note, type?: string): void {
  for (const { selections } of sets) {
    for (const node of selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) continue;
      if (node.kind === Kind.INLINE_FRAGMENT) {
        walk([node.selectionSet], at, note, node.typeCondition?.name.value ?? type);
        continue;
      }
      const inside = [...at, node.alias?.value ?? node.name.value];
      note(inside, { type, written: written(node) });
      if (node.selectionSet !== undefined) walk([node.selectionSet], inside, note);
    }
  }
}

function insideEntities({ selections }: SelectionSetNode): readonly SelectionSetNode[] {
  return selections.flatMap((node) => ('selectionSet' in node && node.selectionSet !== undefined ? [node.selectionSet] : []));
}

/** Fields that a fetch asks of its entities, with the types it asks them of. */
function topFields(operation: SelectionSetNode): readonly { readonly type: string; readonly name: string }[] {
  const inType = ({ selections }: SelectionSetNode, type: string): readonly { readonly type: string; readonly name: string }[] =>
    selections.flatMap((node) => {
      if (node.kind === Kind.FIELD) return [{ type, name: node.name.value }];
      return node.kind === Kind.INLINE_FRAGMENT ? inType(node.selectionSet, node.typeCondition?.name.value ?? type) : [];
    });
  return insideEntities(operation).flatMap((set) => inType(set, ''));
}

function written({ name, arguments: given = [] }: FieldNode): string {
  if (given.length === 0) return name.value;
  const texts = given.map((argument) => print(argument)).toSorted();
  return `${name.value}(${texts.join(', ')})`;
}
