/**
 * Entities of one fetch: each distinct one is asked of its own system, in one request a system; by another key than the id,
 * of the system that holds the register. A dead system nulls only its own and gives one error.
 * @see design/partitioning.md «Operators», P5
 */
import { HubError } from '@hub/schema';
import { isObjectType, Kind, type SelectionNode } from 'graphql';

import { bucketEntities, type Wanted } from '../merge/entities.ts';
import { holderOf, serves, type SystemRow, unknownSystem } from '../route/table.ts';
import { absenceError } from './absence-error.ts';
import { type Answer, askRound } from './ask.ts';
import type { FieldProgram, RootField } from './program.ts';
import { isNullAt, type RawError, shownError } from './raw-error.ts';
import { assertOwn, compileReader, InvalidAnswer, isObject, type Read } from './reader.ts';
import { hidden, hiddenPrefix } from './record-reader.ts';
import { collectFields, setOf } from './selection.ts';
import { invalidId } from './single-field.ts';
import { errorAt, type FetchError, type RepresentationList } from './source.ts';
import { prepareEntities, rootAlias } from './upstream.ts';

/** What one system gave, in the order it was asked. */
interface Given {
  readonly values: readonly unknown[];
  readonly errors: readonly RawError[];
}

type EntitiesField = Omit<RootField, 'field'>;

const noEntities: Pick<RepresentationList, 'texts' | 'keyOf'> = { texts: [], keyOf: () => ({ typename: undefined, id: undefined }) };

/** @returns The program of a fetch's `_entities`. */
export function compileEntities(root: EntitiesField): FieldProgram {
  const { collected, sole } = root;
  const idAlias = `${hiddenPrefix(collected.selections)}id`;
  const selections = collected.selections.map((node) => withId(node, idAlias));
  const upstream = prepareEntities(selections, root);
  const readerOf = compileReaders(root, { selections, idAlias });

  return async ({ variables, representations: [list = noEntities], call }) => {
    const { bySystem, invalid } = bucketEntities(list, sole);
    const values: unknown[] = list.texts.map(() => null);
    const typenameOf = (index: number): string => list.keyOf(index).typename ?? 'Record';
    const errors: FetchError[] = invalid.map((index) => errorAt(invalidId(typenameOf(index)), [collected.key, index]));
    const fail = (error: HubError, wanted: readonly Wanted[]): void => {
      const [first] = wanted.flatMap(({ indexes }) => indexes).toSorted((a, b) => a - b);
      errors.push(errorAt(error, first === undefined ? [collected.key] : [collected.key, first]));
    };

    await Promise.all(
      [...bySystem].map(async ([system, wanted]) => {
        const row = rowOf(system, root);
        if (row instanceof HubError) return fail(row, wanted);
        if (!serves(row, root)) return;
        const { code } = row;
        const round = await askRound([row], {
          ...root,
          call,
          body: () =>
            upstream.body(
              wanted.map(({ text }) => text),
              variables,
            ),
          read: (answer) => readEntities(answer, { wanted, code, readerOf, idAlias }),
        });
        const given = round.answers.get(code);
        const [absence] = round.absent;
        if (given === undefined) return absence === undefined ? undefined : fail(round.faults[0] ?? absenceError(absence), wanted);
        put(given, { wanted, values, errors, row, key: collected.key });
      }),
    );
    return { value: values, errors };
  };
}

/** The system that was named, or the one that holds the register. */
function rowOf(code: string | undefined, { systems, ...served }: EntitiesField): SystemRow | HubError {
  if (code !== undefined) return systems.rows.find((candidate) => candidate.code === code) ?? unknownSystem([code]);
  try {
    return holderOf(systems.rows, served);
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
}

interface Place {
  readonly wanted: readonly Wanted[];
  readonly values: unknown[];
  readonly errors: FetchError[];
  readonly row: SystemRow;
  readonly key: string;
}

function put(given: Given, { wanted, values, errors, row, key }: Place): void {
  for (const [position, { indexes }] of wanted.entries()) {
    // The executor writes into what it gets: no two places may share one object.
    for (const [copy, index] of indexes.entries()) {
      values[index] = copy === 0 ? given.values[position] : structuredClone(given.values[position]);
    }
  }
  for (const error of given.errors) {
    const [position, ...rest] = error.path;
    const index = typeof position === 'number' ? wanted[position]?.indexes[0] : undefined;
    if (index !== undefined) errors.push(errorAt(shownError(error, row), [key, index, ...rest]));
  }
}

interface EntityReading {
  readonly wanted: readonly Wanted[];
  readonly code: string;
  readonly readerOf: (typename: string) => EntityReader;
  readonly idAlias: string;
}

function readEntities({ data, errors }: Answer, { wanted, code, readerOf, idAlias }: EntityReading): Given {
  const list = data[rootAlias];
  if (!Array.isArray(list) || list.length !== wanted.length) throw new InvalidAnswer('_entities has another length');
  const values = wanted.map(({ typename: type, id }, position) => {
    const value: unknown = list[position];
    if (value === null) return null;
    const { read, asksId } = readerOf(type);
    if (!isObject(value) || value['__typename'] !== type) throw new InvalidAnswer(`an entity is no ${type}`);
    // By another key any record of the holder's may be the one.
    if (asksId) assertOwn(value[idAlias], { system: code, type }, 'an entity');
    if (asksId && id !== undefined && value[idAlias] !== id) throw new InvalidAnswer(`an entity is not the ${type} asked for`);
    return read(value, code);
  });
  for (const { path } of errors) {
    if (path[0] !== rootAlias || typeof path[1] !== 'number' || !isNullAt(data, path))
      throw new InvalidAnswer('an error belongs to no entity');
  }
  return { values, errors: errors.map((error) => ({ ...error, path: error.path.slice(1) })) };
}

interface EntityReader {
  readonly read: Read;
  /** Whether entities of this type come with the hidden id that proves them. */
  readonly asksId: boolean;
}

interface Asked {
  readonly selections: readonly SelectionNode[];
  readonly idAlias: string;
}

function compileReaders({ schema, collected, systems }: EntitiesField, { selections, idAlias }: Asked): (typename: string) => EntityReader {
  const readers = new Map<string, EntityReader>();
  return (typename) => {
    const known = readers.get(typename);
    if (known !== undefined) return known;
    const type = schema.getType(typename);
    if (!isObjectType(type)) throw new InvalidAnswer(`${typename} is no type`);
    const reader = {
      read: compileReader(type, collected.selections, { schema, where: typename, nameOf: systems.nameOf }),
      asksId: collectFields(schema, type, selections).some(({ key }) => key === idAlias),
    };
    readers.set(typename, reader);
    return reader;
  };
}

function withId(node: SelectionNode, alias: string): SelectionNode {
  if (node.kind !== Kind.INLINE_FRAGMENT) return node;
  return { ...node, selectionSet: setOf([hidden(alias, 'id'), ...node.selectionSet.selections]) };
}
