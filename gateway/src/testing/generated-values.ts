/**
 * Data that follows from names alone, so that all subgraphs say the same of one thing, and so does whoever asks for all at once.
 */
import { createHash } from 'node:crypto';

import {
  getNamedType,
  getNullableType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';

import type { World } from './world.ts';

/** An object on its way through resolvers. */
export interface Thing {
  readonly __typename: string | undefined;
  readonly id: string;
  readonly [name: string]: unknown;
}

/** What a field of a thing is made of. */
export interface Drawn {
  readonly schema: GraphQLSchema;
  readonly type: GraphQLOutputType;
  /** Says everything the value depends on. */
  readonly seed: string;
}

/** A value of another type than its field's. */
export class Wrong extends Error {
  readonly value: unknown;
  constructor(value: unknown) {
    super('it is of another type');
    this.value = value;
  }
}

/** @returns A number below `below` that follows from the text. */
function draw(text: string, below: number): number {
  return createHash('sha1').update(text).digest().readUInt32BE() % below;
}

/** What a field's value depends on; what clients do not see of its arguments makes no difference. */
export function seedOf(source: Thing | undefined, name: string, given: unknown): string {
  return JSON.stringify([source?.id ?? '', name, given], (key, value: unknown) => (key === 'hidden' ? undefined : value));
}

/**
 * As many fields as fail are null, and as many are of a wrong type.
 * @throws Error that says so; Wrong with the value.
 */
export function drawField({ seed: said, type, schema }: Drawn, { name, faults }: Pick<World, 'name' | 'faults'>): unknown {
  const seed = `${name} ${said}`;
  const drawn = draw(seed, 200);
  if (drawn < faults) throw new Error('it broke');
  if (drawn < 2 * faults) return null;
  if (drawn < 3 * faults) throw wrong(type);
  return valueOf({ type, schema, seed });
}

function valueOf({ type, schema, seed }: Drawn): unknown {
  if (isNonNullType(type)) return valueOf({ type: type.ofType, schema, seed });
  if (isListType(type)) {
    const length = draw(`${seed} length`, 4);
    return Array.from({ length }, (_, index) => valueOf({ type: type.ofType, schema, seed: `${seed} ${index}` }));
  }
  if (draw(`${seed} null`, 12) === 0) return null;
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[draw(seed, named.getValues().length)]?.value;
  if (isScalarType(named)) return scalars[named.name]?.(draw(seed, 1_000));
  if (named.name === 'Value') return { __typename: 'Value', id: seed };
  const id = draw(`${seed} id`, 6);
  if (named.name === 'Item') return itemOf(String(id));
  if (named.name === 'Book' || named.name === 'Film') return itemOf(String(2 * (id % 3) + (named.name === 'Book' ? 0 : 1)));
  // Values are shared, and not every subgraph knows all that they may hold.
  const possible = seed.includes('"thing"')
    ? shared
    : isObjectType(named)
      ? [named.name]
      : schema.getPossibleTypes(named).map(({ name }) => name);
  return { __typename: possible[draw(seed, possible.length)], id: String(id) };
}

const shared = ['One', 'Two', 'Three'];

/** What an item is follows from its id, for it is asked of subgraphs that do not know. */
export function itemOf(id: string): Thing {
  return { __typename: Number(id) % 2 === 0 ? 'Book' : 'Film', id };
}

const scalars: Readonly<Record<string, (drawn: number) => unknown>> = {
  Int: (drawn) => drawn - 500,
  Float: (drawn) => drawn / 8,
  String: (drawn) => ['', '公共资源', `"${drawn}"\n`, '__proto__'][drawn % 4],
  Boolean: (drawn) => drawn % 2 === 0,
  ID: (drawn) => String(drawn),
  Any: (drawn) => [1, 'x', { b: [null, { __typename: 'Any' }], a: drawn }, [[]], true][drawn % 5],
};

/** Of a scalar that may be anything, null alone is wrong, where null may not stand. */
function wrong(type: GraphQLOutputType): Error {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return new Wrong({ length: 1 });
  if (isEnumType(nullable)) return new Wrong('NOPE');
  if (!isScalarType(nullable)) return new Wrong(5);
  if (nullable.name !== 'Any') return new Wrong({ 0: 'x' });
  return isNonNullType(type) ? new Wrong(null) : new Error('it broke');
}
