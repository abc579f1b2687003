/**
 * Questions that are no ordinary queries: what the planner asks systems between themselves, names that begin with two
 * underscores, several operations in one document, the schema itself, the registry behind every record.
 */
import { plural } from '@hub/schema';

import type { Level } from '../../support/query/law-schema.ts';
import type { Operation } from './operation.ts';
import { type Making, type Target, isRecord } from './probe.ts';
import { selectionOf } from './selections.ts';

/** An operation and the level it takes; without one it is refused or harmless, whoever asks. */
export interface Trick extends Operation {
  readonly needs: Level | undefined;
}

/** What a trick is made with. */
interface Means {
  readonly target: Target;
  readonly type: string;
  readonly list: string;
  /** The target as a selection. */
  readonly wanted: string;
  /** A list with the target in it. */
  readonly whole: string;
  readonly id: string;
}

/** @returns One of them. */
export function writeTrick(target: Target, making: Making): Trick {
  const { throws, ids } = making;
  const { type } = target.dataset;
  const known = ids.get(type) ?? [];
  const [list, wanted] = [plural(type), selectionOf(target.field, making)];
  const id = known.length === 0 ? 'bm9uZQ' : throws.pick(known);
  return throws.pick(isRecord(target.dataset) ? [...tricks, ...onTheBoard] : tricks)({
    target,
    type,
    list,
    wanted,
    id,
    whole: `${list}(first: 9) { nodes { ${wanted} } }`,
  });
}

const open = 'query Open { notices(first: 1) { totalCount } }';

const tricks: readonly ((means: Means) => Trick)[] = [
  // What the planner asks.
  ({ type, id, wanted }) =>
    unasked(`{ _entities(representations: [{ __typename: "${type}", id: "${id}" }]) { ... on ${type} { ${wanted} } } }`),
  ({ type, id, wanted }) =>
    unasked(`query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${wanted} } } }`, { r: [{ __typename: type, id }] }),
  () => unasked('{ _service { sdl } }'),
  // Names that are not for clients.
  ({ list, target }) => unasked(`{ ${list} { nodes { __typename: ${target.field.name} } } }`),
  ({ list, target }) => unasked(`{ ${list} { nodes { id ${target.field.name} @visibility(to: PUBLIC) } } }`),
  ({ type, target }) =>
    unasked(`{ notices(first: 2) { nodes { record { ${target.field.name} ... on ${type} { ${target.field.name} } } } } }`),
  ({ type, list, target: { field } }) => {
    const filters = field.indexed && field.graphType === 'String' && !field.list;
    return {
      needs: filters ? field.visibility : 'PUBLIC',
      query: `query($representations: ${type}Filter) { ${list}(filter: $representations) { totalCount } }`,
      variables: { representations: filters ? { [field.name]: { text: 'x7q' } } : { copies: 'EXCLUDE' } },
    };
  },
  // Several operations, and other kinds of them.
  ({ target, whole }) => ({
    needs: target.field.visibility,
    query: `${open} query Probe { ${whole} }`,
    variables: {},
    operationName: 'Probe',
  }),
  ({ whole }) => ({ needs: 'PUBLIC', query: `${open} query Probe { ${whole} }`, variables: {}, operationName: 'Open' }),
  ({ whole }) => unasked(`${open} query Probe { ${whole} }`),
  ({ whole }) => unasked(`mutation { ${whole} }`),
  ({ whole }) => unasked(`subscription { ${whole} }`),
  // The schema itself.
  ({ type }) =>
    asked(
      'PUBLIC',
      `{ __type(name: "${type}") { description fields(includeDeprecated: true) { name description args { name defaultValue } } } __schema { directives { name } } }`,
    ),
  ({ type }) =>
    asked(
      'PUBLIC',
      `{ f: __type(name: "${type}Filter") { inputFields { name description defaultValue } } o: __type(name: "${type}Order") { enumValues { name description } } }`,
    ),
  // Whoever holds the record.
  ({ list }) => asked('GOVERNMENT', `{ ${list}(first: 2) { nodes { system { code ownerCode } } } }`),
  ({ list }) => asked('GOVERNMENT', `{ ${list}(first: 2) { coverage { answered { ... on System { a: platformCodes } } } } }`),
  () => asked('GOVERNMENT', '{ systems { ...S } system(code: "s00") { ...S } } fragment S on System { code x: ownerCode platformCodes }'),
];

/** What the board leads to. */
const onTheBoard: typeof tricks = [
  ({ type, target, wanted }) => ({
    needs: target.field.visibility,
    query: `query($representations: Boolean!) { notices(first: 30) { nodes { record { ... on ${type} { id ... @include(if: $representations) { ${wanted} } } } } } }`,
    variables: { representations: true },
  }),
];

/** A question that nobody may ask, or that tells nothing. */
function unasked(query: string, variables: Operation['variables'] = {}): Trick {
  return { needs: undefined, query, variables };
}

function asked(needs: Level, query: string): Trick {
  return { needs, query, variables: {} };
}
