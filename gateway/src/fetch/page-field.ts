/**
 * A list over many systems: each is asked for its rows after the reader's place, the answers are merged by their sort keys,
 * and the reader's new place is sealed into cursors.
 * @see design/partitioning.md «Page»
 */
import { compareKeys, encodeSystemCursor, type SortOrder, sortKindOf } from '@hub/schema';
import { getNamedType, type GraphQLObjectType, type GraphQLOutputType, isEnumType, isObjectType } from 'graphql';

import { checkSize } from '../admit/page-size.ts';
import { coverageOf } from '../merge/coverage.ts';
import { questionOf } from '../merge/cursor.ts';
import { isOrderly, type PageEdge, start } from '../merge/page.ts';
import { sortOf } from '../plan/marks.ts';
import { scopeOf, type SystemRow } from '../route/table.ts';
import { type ConnectionShape, readShape, upstreamSelection } from './connection.ts';
import { fetchPage, type Want } from './portions.ts';
import { argumentsOf, type FieldProgram, type RootField, splitFilter } from './program.ts';
import { shownError } from './raw-error.ts';
import { compileReader, InvalidAnswer } from './reader.ts';
import { errorAt, type FetchError } from './source.ts';
import { readSystemPage, type Row } from './system-page.ts';
import { prepareField } from './upstream.ts';

/** @returns The program of a `@route(by: PAGE)` field. */
export function compilePage(root: RootField): FieldProgram {
  const { schema, field, collected, systems, seal } = root;
  const type = objectType(field.type);
  const rowType = objectType(objectType(type.getFields()['edges']?.type).getFields()['node']?.type);
  const shape = readShape(schema, type, collected);
  const upstream = prepareField(field, upstreamSelection(shape), root);
  const readers = shape.uses.map(({ alias, type: useType, selections }) => ({
    alias,
    read: compileReader(useType, selections, { schema, where: `${field.name}.${alias}`, nameOf: systems.nameOf }),
  }));

  return async (run) => {
    const { call, variables } = run;
    const args = argumentsOf(root, run);
    const size = checkSize(args['first']);
    const filter = splitFilter(args['filter']);
    const scope = scopeOf(systems.rows, root, filter.systems);
    const order = orderOf(root, rowType, args['order']);
    const question = questionOf({ field: field.name, filter: args['filter'], order: args['order'], grants: call.grants });
    const position = typeof args['after'] === 'string' ? seal.open(args['after'], question) : start;
    const compare = compareKeys(order);

    // Systems that are asked the same from the beginning are sent the same text.
    const bodies = new Map<string, string>();
    const bodyOf = ({ first, after }: Want): string => {
      const cursor = after === undefined ? null : encodeSystemCursor(after);
      const name = `${first} ${cursor ?? ''}`;
      const body = bodies.get(name) ?? upstream.body({ ...args, filter: filter.rest, first, after: cursor }, variables);
      bodies.set(name, body);
      return body;
    };

    const { page, round } = await fetchPage({
      scope,
      position,
      size,
      compare,
      wantsRows: shape.wantsRows,
      asking: (want) => ({
        ...root,
        call,
        body: (system) => bodyOf(want(system)),
        read(answer, { code }) {
          const { first, after } = want(code);
          const part = readSystemPage(answer, code, { shape, readers, rowType: rowType.name, order });
          if (part.rows.length > first) throw new InvalidAnswer(`${field.name}: more rows than asked for`);
          if (!isOrderly(part.rows, after, compare)) throw new InvalidAnswer(`${field.name}: rows out of order`);
          return { ...part, full: part.rows.length === first };
        },
      }),
    });
    const value = shape.write({
      edges: page.edges.map(({ row, late, position: place }) => ({ row: row.values, late, cursor: () => seal.seal(place, question) })),
      hasNextPage: page.hasNextPage,
      endCursor: () => seal.seal(page.end, question),
      totalCount: [...round.answers.values()].reduce((sum, { totalCount }) => sum + totalCount, 0),
      coverage: coverageOf(
        scope.filter(({ code }) => round.answers.has(code)),
        round.absent,
      ),
    });
    return { value, errors: shownErrors(page.edges, shape, scope) };
  };
}

/** A row's failures under the client's own keys, at the place the row took in the merged page. */
function shownErrors(edges: readonly PageEdge<Row>[], { uses }: ConnectionShape, scope: readonly SystemRow[]): readonly FetchError[] {
  return edges.flatMap(({ row, system }, index) =>
    row.errors.flatMap((error) => {
      const [alias, ...rest] = error.path;
      const use = uses.find((candidate) => candidate.alias === alias);
      const from = scope.find(({ code }) => code === system);
      if (use === undefined || from === undefined) return [];
      return [errorAt(shownError(error, from), [...use.path(index), ...rest])];
    }),
  );
}

function orderOf({ field }: RootField, rowType: GraphQLObjectType, value: unknown): SortOrder {
  const type = getNamedType(field.args.find(({ name }) => name === 'order')?.type);
  const chosen = isEnumType(type) && typeof value === 'string' ? type.getValue(value) : undefined;
  const sort = chosen === null || chosen === undefined ? undefined : sortOf(chosen);
  const by = sort === undefined ? undefined : rowType.getFields()[sort.by];
  if (sort === undefined || by === undefined) throw new TypeError(`${field.name} has no order ${String(value)}`);
  return { kind: sortKindOf(getNamedType(by.type).name), descending: sort.descending };
}

function objectType(type: GraphQLOutputType | undefined): GraphQLObjectType {
  const named = getNamedType(type);
  if (!isObjectType(named)) throw new TypeError('a paged field returns no connection');
  return named;
}
