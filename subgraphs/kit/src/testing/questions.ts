/**
 * Every question that can be asked of a system: whatever shall not show must show in none of the answers.
 */
import { type Dataset, encodeRecordId, orderName, plural, singular } from '@hub/schema';
import type { GraphQLSchema } from 'graphql';

import type { SystemStore } from '../graph/context.ts';

import { selectAll } from './deep-selection.ts';

/** One question. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const statistics = ['[CATEGORY, STATE]', '[REGION, TRADING_PLACE, SYSTEM, MONTH]', '[]'].map((by) => ({
  query: `{ dealStatistics(by: ${by}) { groups { direction key { code label } deals priced price saved bidders } } }`,
  variables: {},
}));

/**
 * Lists in every order, filters by every field, single records and entities of every dataset; statistics.
 * @param keys - Keys that records of each dataset have, or may have.
 */
export function questionsOf({ store, system }: SystemStore, schema: GraphQLSchema, keys: readonly string[]): readonly Question[] {
  const ofDatasets = [...store.byType.values()].flatMap(({ dataset }) => {
    const ids = keys.map((key) => encodeRecordId({ system: system.code, type: dataset.type, key }));
    return [...listQuestions(dataset, schema), ...recordQuestions(dataset, schema, ids)];
  });
  return [...ofDatasets, ...statistics];
}

function listQuestions(dataset: Dataset, schema: GraphQLSchema): readonly Question[] {
  const { type } = dataset;
  const list = plural(type);
  const orders = [...dataset.fields.filter(({ orderable }) => orderable).map(({ name }) => orderName(name)), 'RECEIVED'];
  const page = 'totalCount edges { cursor late } pageInfo { hasNextPage endCursor }';
  return [
    { query: `{ ${list}(first: 100) { ${page} nodes ${selectAll(schema, type, 1)} } }`, variables: {} },
    ...orders.flatMap((order) =>
      ['ASC', 'DESC'].map((way) => ({ query: `{ ${list}(first: 1, order: ${order}_${way}) { ${page} nodes { id } } }`, variables: {} })),
    ),
    ...filtersOf(dataset).map((filter) => ({
      query: `query ($filter: ${type}Filter) { ${list}(filter: $filter) { totalCount nodes { id } } }`,
      variables: { filter },
    })),
  ];
}

function recordQuestions({ type }: Dataset, schema: GraphQLSchema, ids: readonly string[]): readonly Question[] {
  const everything = selectAll(schema, type, 1);
  return [
    ...ids.map((id) => ({ query: `query ($id: ID!) { ${singular(type)}(id: $id) ${everything} }`, variables: { id } })),
    {
      query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} ${everything} } }`,
      variables: { of: ids.map((id) => ({ __typename: type, id })) },
    },
  ];
}

/** Filters by each field, which every record made by `fullRecord` matches. */
function filtersOf({ fields }: Dataset): readonly object[] {
  return fields
    .filter(({ indexed }) => indexed)
    .map(({ name, graphType, list }) => {
      if (graphType === 'Party') return { [name]: { name: { text: '的' } } };
      if (graphType === 'String' && !list) return { [name]: { text: '的' } };
      if (graphType === 'Region') return { [name]: { within: '99' } };
      if (graphType === 'DateTime') return { [name]: { gte: '2026-01-01T00:00:00Z' } };
      if (graphType === 'Date') return { [name]: { gte: '2026-01-01' } };
      if (graphType === 'Int') return { [name]: { gte: 0 } };
      if (graphType === 'Decimal' || graphType === 'Money') return { [name]: { gte: '0' } };
      if (graphType === 'Boolean') return { [name]: true };
      return { [name]: { in: ['LOT-ONE', 'LOT-TWO', 'PROJECT/LOT-ONE', 'PROJECT', '1'] } };
    });
}
