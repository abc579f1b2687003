/**
 * Reads one record that was asked for by id or code: the client's selection, and under hidden names the id and origin that
 * prove it is the right one.
 * @see design/partitioning.md «Operators»
 */
import { type FieldNode, type GraphQLObjectType, Kind, print, type SelectionNode } from 'graphql';

import { type Answer, Refused } from './ask.ts';
import { isNullAt, type RawError } from './raw-error.ts';
import { assertOwn, compileReader, InvalidAnswer, isObject, type Reading } from './reader.ts';
import { setOf } from './selection.ts';
import { rootAlias } from './upstream.ts';

/** A record as a system gave it. */
export interface ReadRecord {
  readonly id: string;
  readonly origin: 'ORIGINAL' | 'COPY';
  /** In the client's shape. */
  readonly value: Record<string, unknown>;
  /** Their paths begin inside the record. */
  readonly errors: readonly RawError[];
}

/** How records of one selection are asked for and read. */
export interface RecordReader {
  /** What the systems are asked. */
  readonly selections: readonly SelectionNode[];
  /** @returns undefined when the system has no such record. @throws InvalidAnswer, Refused */
  readonly read: (answer: Answer, system: string) => ReadRecord | undefined;
}

/** @param reading - `where` is the name of the root field. */
export function compileRecordReader(type: GraphQLObjectType, selections: readonly SelectionNode[], reading: Reading): RecordReader {
  const prefix = hiddenPrefix(selections);
  const { where } = reading;
  const readValue = compileReader(type, selections, reading);
  return {
    selections: [hidden(`${prefix}id`, 'id'), hidden(`${prefix}origin`, 'origin'), ...selections],
    read({ data, errors }, system) {
      const record = data[rootAlias];
      if (record === null) {
        if (errors.length > 0) throw new Refused(errors);
        return undefined;
      }
      if (!isObject(record)) throw new InvalidAnswer(`${where} is no record`);
      const [id, origin] = [record[`${prefix}id`], record[`${prefix}origin`]];
      assertOwn(id, { system, type: type.name }, where);
      if (typeof id !== 'string') throw new InvalidAnswer(`${where} has no id`);
      if (origin !== 'ORIGINAL' && origin !== 'COPY') throw new InvalidAnswer(`${where} has no origin`);
      const value = readValue(record, system);
      if (!isObject(value)) throw new InvalidAnswer(`${where} is no record`);
      return { id, origin, value, errors: errors.map((error) => inRecord(error, data, where)) };
    },
  };
}

/** A prefix for aliases that the client does not use anywhere in these selections. */
export function hiddenPrefix(selections: readonly SelectionNode[]): string {
  const text = print(setOf(selections));
  let prefix = 'hub_';
  while (text.includes(prefix)) prefix = `_${prefix}`;
  return prefix;
}

/** A field under an alias of the hub's. */
export function hidden(alias: string, name: string): FieldNode {
  return { kind: Kind.FIELD, alias: { kind: Kind.NAME, value: alias }, name: { kind: Kind.NAME, value: name } };
}

function inRecord(error: RawError, data: Answer['data'], where: string): RawError {
  if (error.path[0] !== rootAlias || error.path.length < 2 || !isNullAt(data, error.path)) {
    throw new InvalidAnswer(`${where}: an error belongs to no field`);
  }
  return { ...error, path: error.path.slice(1) };
}
