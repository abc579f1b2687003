/**
 * Questions that are no ordinary queries: what the planner asks systems between themselves, names that begin with two
 * underscores, several operations in one document, the schema itself.
 */
import { plural } from '@hub/schema';

import type { Operation } from './operation.ts';
import type { Level } from '../../support/query/law-schema.ts';
import { type Making, type Target } from './probe.ts';
import { selectionOf } from './selections.ts';

/** An operation and the level it takes; without one it is refused or harmless, whoever asks. */
export interface Trick extends Operation {
  readonly needs: Level | undefined;
}

type MakeTrick = (target: Target, making: Making) => Trick;

/** @returns One of them. */
export function writeTrick(target: Target, making: Making): Trick {
  return making.throws.pick(tricks)(target, making);
}

const tricks: readonly MakeTrick[] = [
  (target, making) => ({ needs: undefined, ...plain(`{ _entities(representations: [{ __typename: "${target.dataset.type}", id: "${idOf(target, making)}" }]) { ... on ${target.dataset.type} { ${wanted(target, making)} } } }`) }),
  (target, making) => ({
    needs: undefined,
    query: `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${target.dataset.type} { ${wanted(target, making)} } } }`,
    variables: { r: [{ __typename: target.dataset.type, id: idOf(target, making) }] },
  }),
  () => ({ needs: undefined, ...plain('{ _service { sdl } }') }),
  ({ dataset }) => ({ needs: 'PUBLIC', ...plain(`{ __type(name: "${dataset.type}") { description fields(includeDeprecated: true) { name description args { name defaultValue } } } __schema { directives { name } } }`) }),
  ({ dataset }) => ({ needs: 'PUBLIC', ...plain(`{ __type(name: "${dataset.type}Filter") { inputFields { name description defaultValue } } o: __type(name: "${dataset.type}Order") { enumValues { name description } } }`) }),
  ({ dataset, field }) => ({ needs: undefined, ...plain(`{ ${plural(dataset.type)} { nodes { __typename: ${field.name} } } }`) }),
  ({ dataset, field }) => ({ needs: undefined, ...plain(`{ ${plural(dataset.type)} { nodes { id ${field.name} @visibility(to: PUBLIC) } } }`) }),
  (target, making) => ({
    needs: target.field.visibility,
    query: `query Open { notices(first: 1) { totalCount } } query Probe { ${plural(target.dataset.type)}(first: 9) { nodes { ${wanted(target, making)} } } }`,
    variables: {},
    operationName: 'Probe',
  }),
  (target, making) => ({
    // The hidden field stands in an operation that is not asked for.
    needs: 'PUBLIC',
    query: `query Open { notices(first: 1) { totalCount } } query Probe { ${plural(target.dataset.type)}(first: 9) { nodes { ${wanted(target, making)} } } }`,
    variables: {},
    operationName: 'Open',
  }),
  (target, making) => ({ needs: undefined, query: `query Open { notices(first: 1) { totalCount } } query Probe { ${plural(target.dataset.type)} { nodes { ${wanted(target, making)} } } }`, variables: {} }),
  (target, making) => ({ needs: undefined, ...plain(`mutation { ${plural(target.dataset.type)} { nodes { ${wanted(target, making)} } } }`) }),
  (target, making) => ({ needs: undefined, ...plain(`subscription { ${plural(target.dataset.type)} { nodes { ${wanted(target, making)} } } }`) }),
  ({ dataset, field }) => ({ needs: undefined, ...plain(`{ notices(first: 2) { nodes { record { ${field.name} ... on ${dataset.type} { ${field.name} } } } } }`) }),
  // The planner calls the keys of entities by this name.
  (target, making) => ({
    needs: target.field.visibility,
    query: `query($representations: Boolean!) { notices(first: 30) { nodes { record { ... on ${target.dataset.type} { id ... @include(if: $representations) { ${wanted(target, making)} } } } } } }`,
    variables: { representations: true },
  }),
  ({ dataset, field }) => {
    const filters = field.indexed && field.graphType === 'String' && !field.list;
    return {
      needs: filters ? field.visibility : 'PUBLIC',
      query: `query($representations: ${dataset.type}Filter) { ${plural(dataset.type)}(filter: $representations) { totalCount } }`,
      variables: { representations: filters ? { [field.name]: { text: 'x7q' } } : { copies: 'EXCLUDE' } },
    };
  },
];

function plain(query: string): Operation {
  return { query, variables: {} };
}

function wanted({ field }: Target, making: Making): string {
  return selectionOf(field, making);
}

function idOf({ dataset }: Target, { ids, throws }: Making): string {
  const known = ids.get(dataset.type) ?? [];
  return known.length === 0 ? 'bm9uZQ' : throws.pick(known);
}
