/**
 * Ways to ask about a field without selecting it: filter by it, order by it, look it up, count what it lets through.
 */
import { type Field, orderName, plural, singular } from '@hub/schema';

import type { Level } from '../../support/query/law-schema.ts';
import { literal } from './operation.ts';
import { type Making, type Target, coordinate } from './probe.ts';

/** @returns A root selection that asks about the target; undefined where this way does not exist. */
export type Asking = (target: Target, making: Making) => { readonly text: string; readonly needs: Level | undefined } | undefined;

/** What is let through is told by rows, by their number, or by whether there are more. */
const told = [
  'totalCount',
  'nodes { id }',
  'pageInfo { hasNextPage endCursor }',
  'edges { cursor } totalCount coverage { complete }',
] as const;

export const filterProbe: Asking = (target, making) => {
  const { dataset, field } = target;
  const { throws, writer } = making;
  if (!field.indexed) return undefined;
  const type = `${dataset.type}Filter`;
  const filter = { [field.name]: operandOf(target, making) };
  const written = throws.pick([
    () => literal(filter),
    () => writer.variable(type, filter),
    () => writer.byDefault(type, literal(filter)),
    () => `{ ${field.name}: ${writer.variable(inputType(field), filter[field.name])} }`,
    () => `{ systems: null, copies: EXCLUDE, ${field.name}: ${literal(filter[field.name])} }`,
  ])();
  const list = `${plural(dataset.type)}(first: 5, filter: ${written}) { ${throws.pick(told)} }`;
  const statistics = `dealStatistics(by: [SYSTEM, MONTH], filter: ${written}) { groups { deals bidders price key { code } } }`;
  return { text: dataset.type === 'Deal' && throws.chance(0.4) ? statistics : list, needs: field.visibility };
};

export const orderProbe: Asking = ({ dataset, field }, { throws, writer }) => {
  if (!field.orderable) return undefined;
  const value = `${orderName(field.name)}_${throws.pick(['ASC', 'DESC'])}`;
  const type = `${dataset.type}Order!`;
  const order = throws.pick([
    () => value,
    () => writer.variable(type, value),
    () => writer.byDefault(type, value),
    () => writer.byDefault(type.slice(0, -1), value),
  ])();
  return { text: `${plural(dataset.type)}(first: 7, order: ${order}) { ${throws.pick(told)} }`, needs: field.visibility };
};

export const codeProbe: Asking = ({ dataset, field }, making) => {
  const { throws, writer } = making;
  if (dataset.byCode !== field.name) return undefined;
  const code = markOf({ dataset, field }, making);
  const argument = throws.pick([
    () => JSON.stringify(code),
    () => writer.variable('String!', ` ${code.toUpperCase()} `),
    () => writer.byDefault('String!', JSON.stringify(code)),
  ])();
  return { text: `${singular(dataset.type)}ByCode(code: ${argument}) { id __typename }`, needs: field.visibility };
};

/** Cursors that were given to somebody else, or for another list: whatever they are good for, it is not this. */
export const cursorProbe: Asking = ({ dataset }, { throws, cursors }) =>
  cursors.length === 0
    ? undefined
    : {
        text: `${plural(dataset.type)}(first: 3, after: ${JSON.stringify(throws.pick(cursors))}) { edges { cursor node { id } } pageInfo { endCursor } }`,
        needs: undefined,
      };

/** What is sealed must not be counted either: numbers of rows, of bidders, of pages. */
export const countProbe: Asking = ({ dataset }, { throws, writer }) => {
  const statistics =
    'dealStatistics(by: [SYSTEM, STATE], filter: { opensAt: { gte: "2026-11-30T00:00:00+08:00" } }) { groups { deals bidders } coverage { complete } }';
  const list = `${plural(dataset.type)}(first: 1) { totalCount pageInfo { hasNextPage endCursor } ${writer.name('a')}: totalCount }`;
  return { text: throws.chance(0.3) ? statistics : list, needs: 'PUBLIC' };
};

function operandOf(target: Target, making: Making): unknown {
  const { graphType, list } = target.field;
  const { throws } = making;
  const mark = markOf(target, making);
  switch (graphType) {
    case 'Boolean':
      return throws.chance(0.5);
    case 'String':
      return list || throws.chance(0.5) ? { in: throws.pick([[mark], mark]) } : { text: mark.slice(0, 4 + throws.int(6)) };
    case 'Region':
      return throws.pick([{ in: [mark] }, { within: mark }, { within: '970000' }]);
    case 'DateTime':
      return throws.pick([
        { gte: '2061-01-01T00:00:00+08:00' },
        { lt: '2078-01-01T00:00:00Z' },
        { gte: '2061-06-01T00:00:00+08:00', lt: '2070-01-01T00:00:00+08:00' },
      ]);
    case 'Money':
    case 'Decimal':
      return throws.pick([{ gte: '77000000' }, { gte: '7700', lt: '780000000000' }]);
    case 'Int':
      return throws.pick([{ in: [7] }, { gte: 1 }]);
    case 'Party':
      return throws.pick([
        { name: { text: mark.slice(0, 5) } },
        { code: { in: mark } },
        { code: { in: [mark, '1'] }, name: null },
        { name: { in: [mark] } },
      ]);
    default:
      return { in: throws.pick([[mark], mark, ['1', '2', '3']]) };
  }
}

/** A mark that was planted there, or one that was not. */
function markOf(target: Target, { throws, secrets }: Making): string {
  const known = secrets.get(coordinate(target)) ?? [];
  return known.length === 0 ? 'x7q000000q' : throws.pick(known).mark;
}

function inputType({ graphType, list }: Field): string {
  if (graphType === 'String') return list ? 'CodeFilter' : 'TextFilter';
  if (graphType === 'Boolean') return 'Boolean';
  if (['Region', 'DateTime', 'Date', 'Int', 'Party'].includes(graphType)) return `${graphType}Filter`;
  return graphType === 'Money' || graphType === 'Decimal' ? 'DecimalFilter' : 'CodeFilter';
}
