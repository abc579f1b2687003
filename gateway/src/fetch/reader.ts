/**
 * Reads a system's answer as the contract says it must be: types, nulls, ids and systems. Compiled once per selection; only
 * keys that were asked for are taken over, so nothing foreign passes, not even `__proto__`.
 * @see design/partitioning.md «Operators»
 */
import { decodeRecordId } from '@hub/schema';
import {
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionNode,
} from 'graphql';

import { leafCheck } from './leaf.ts';
import { isOwnId } from './own-id.ts';
import { collectFields } from './selection.ts';

/** A system's answer that breaks the contract: the whole system then counts as missing. The message quotes no value. */
export class InvalidAnswer extends Error {
  override readonly name: string = 'InvalidAnswer';
}

/** One that speaks for another system: dropped like any invalid one, and told apart in what is reported. */
export class ForeignAnswer extends InvalidAnswer {}

/** @returns The value as it may be merged. @throws InvalidAnswer */
export type Read = (value: unknown, system: string) => unknown;

/** What is read, and where it stands in the answer (for messages). */
export interface Reading {
  readonly schema: GraphQLSchema;
  readonly where: string;
  /** What a system is called: said by the routing table, never by a system. */
  readonly nameOf: (system: string) => string | undefined;
}

/** What every record has; its id and system say who may tell of it. */
const recordFields = ['id', 'system', 'origin', 'source', 'receivedAt'] as const;

/** @returns A reader for values of this type. */
export function compileReader(type: GraphQLOutputType, selections: readonly SelectionNode[], reading: Reading): Read {
  if (isNonNullType(type)) {
    const read = compileReader(type.ofType, selections, reading);
    return (value, system) => {
      if (value === null) throw new InvalidAnswer(`${reading.where} is null`);
      return read(value, system);
    };
  }
  const read = compileNullable(type, selections, reading);
  return (value, system) => (value === null ? null : read(value, system));
}

function compileNullable(type: GraphQLOutputType, selections: readonly SelectionNode[], reading: Reading): Read {
  const { where } = reading;
  if (isListType(type)) {
    const read = compileReader(type.ofType, selections, reading);
    return (value, system) => {
      if (!Array.isArray(value)) throw new InvalidAnswer(`${where} is no list`);
      return value.map((item: unknown) => read(item, system));
    };
  }
  if (isLeafType(type)) {
    const check = leafCheck(type);
    return (value) => {
      if (!check(value)) throw new InvalidAnswer(`${where} is no ${type.name}`);
      return value;
    };
  }
  if (isObjectType(type)) return compileObject(type, selections, reading);
  if (isCompositeType(type)) return compileAbstract(type, selections, reading);
  throw new InvalidAnswer(`${where} has no type`);
}

function compileObject(type: GraphQLObjectType, selections: readonly SelectionNode[], reading: Reading): Read {
  const { schema, where, nameOf } = reading;
  const isRecord = recordFields.every((name) => Object.hasOwn(type.getFields(), name));
  // Without its name the executor loses what fragments on the type ask for inside fragments on one of its interfaces.
  const named = type.getInterfaces().length > 0 ? { __typename: type.name } : {};
  const fields = collectFields(schema, type, selections).map(({ key, name, field, selections: inner }) => {
    const place = { schema, where: `${where}.${key}`, nameOf };
    if (field === undefined) return { key, read: typenameReader(type, place.where) };
    const read = compileReader(field.type, inner, place);
    if (isRecord && name === 'id') return { key, read: idReader(type, read, place.where) };
    if (isRecord && name === 'system') return { key, read: systemReader(field.type, inner, place) };
    return { key, read };
  });
  return (value, system) => {
    if (!isObject(value)) throw new InvalidAnswer(`${where} is no object`);
    const object: Record<string, unknown> = { ...named };
    for (const { key, read } of fields) {
      if (!Object.hasOwn(value, key)) throw new InvalidAnswer(`${where}.${key} is absent`);
      object[key] = read(value[key], system);
    }
    return object;
  };
}

function compileAbstract(type: GraphQLCompositeType, selections: readonly SelectionNode[], reading: Reading): Read {
  const { schema, where } = reading;
  const possible = isObjectType(type) ? [type] : schema.getPossibleTypes(type);
  const names = new Map(possible.map((object) => [object.name, object]));
  const compiled = new Map<string, Read>();
  return (value, system) => {
    const name = isObject(value) ? value['__typename'] : undefined;
    const object = typeof name === 'string' ? names.get(name) : undefined;
    if (object === undefined) throw new InvalidAnswer(`${where} is no ${type.name}`);
    let read = compiled.get(object.name);
    if (read === undefined) {
      read = compileObject(object, selections, reading);
      compiled.set(object.name, read);
    }
    return read(value, system);
  };
}

function typenameReader(type: GraphQLObjectType, where: string): Read {
  return (value) => {
    if (value !== type.name) throw new InvalidAnswer(`${where} is not ${type.name}`);
    return value;
  };
}

function idReader(type: GraphQLObjectType, read: Read, where: string): Read {
  return (value, system) => {
    const id = read(value, system);
    assertOwn(id, { system, type: type.name }, where);
    return id;
  };
}

/** @throws ForeignAnswer when the id is another system's; InvalidAnswer when it is none of the type. */
export function assertOwn(id: unknown, { system, type }: { readonly system: string; readonly type: string }, where: string): void {
  if (typeof id === 'string' && isOwnId(id, system, type)) return;
  const decoded = typeof id === 'string' ? decodeRecordId(id) : undefined;
  const why = `${where} is no ${type} of ${system}`;
  if (decoded !== undefined && decoded.system !== system) throw new ForeignAnswer(why);
  throw new InvalidAnswer(why);
}

function systemReader(type: GraphQLOutputType, selections: readonly SelectionNode[], reading: Reading): Read {
  const read = compileReader(type, selections, reading);
  const named = getNamedType(type);
  const fields = isObjectType(named) ? collectFields(reading.schema, named, selections) : [];
  const keysOf = (wanted: string): readonly string[] => fields.filter(({ name }) => name === wanted).map(({ key }) => key);
  const [codes, names] = [keysOf('code'), keysOf('name')];
  return (value, system) => {
    const object = read(value, system);
    if (!isObject(object)) return object;
    if (codes.some((key) => object[key] !== system)) throw new ForeignAnswer(`${reading.where} is another system`);
    const called = reading.nameOf(system);
    for (const key of names) object[key] = called ?? object[key];
    return object;
  };
}

/** Whether a parsed JSON value is an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
