/**
 * Resolvers of a dataset's type: what every record has, values decoded from the wire form, relations inside the system.
 * @see design/graph.md «Types»
 */
import { compareBytes, type Dataset, type Field, decodeField, isWebAddress, printInstant } from '@hub/schema';

import { columnTexts } from '../store/column-value.ts';
import { columnsOf } from '../store/columns.ts';

import { sanitizeNotice } from './sanitize.ts';
import type { SystemContext, TypedRow } from './context.ts';

type Resolver = (row: TypedRow, args: unknown, context: SystemContext) => unknown;

/** Fields of the interface `Record`. */
const recordResolvers: Readonly<Record<string, Resolver>> = {
  system: (_row, _args, { system }) => ({ code: system.code, name: system.name }),
  source: ({ source: { kind, name = null, url } }) => ({ kind, name, url: url !== undefined && isWebAddress(url) ? url : null }),
  receivedAt: ({ received }) => printInstant(received),
};

/** @returns Resolvers by field name. */
export function recordFieldResolvers(dataset: Dataset): Readonly<Record<string, Resolver>> {
  const own = dataset.fields.map((field): [string, Resolver] => [field.name, fieldResolver(dataset, field)]);
  return { ...recordResolvers, ...Object.fromEntries(own) };
}

function fieldResolver(dataset: Dataset, field: Field): Resolver {
  if (field.relation !== undefined) return relationResolver(dataset, field);
  const [wire] = field.wire;
  if (field.graphType === 'Record') {
    return ({ wire: record }, _args, { byId }) => {
      const id = wire === undefined ? undefined : record[wire.code];
      return id === undefined || id === '' ? null : byId.load(id);
    };
  }
  const { sealed } = field;
  const decode: Resolver = ({ wire: record }, _args, { codes }) => {
    const value = decodeField(field, record, (list, code) => codes.label(list, code));
    const html = wire?.part === 'html' && typeof value === 'string';
    return html ? sanitizeNotice(value) : value;
  };
  if (sealed === undefined) return decode;
  return (row, args, context) => (row.milestones[sealed.until] === true ? decode(row, args, context) : field.list ? [] : null);
}

function relationResolver(dataset: Dataset, field: Field): Resolver {
  const { from, to } = field.relation ?? { from: '', to: '' };
  const column = dataset.fields.filter(({ name }) => name === from).flatMap(columnsOf)[0];
  return async (row, _args, context) => {
    const values = column === undefined ? [] : columnTexts(column, row.wire);
    const lists = await context.related(field.graphType, to).loadMany(values);
    const found = new Map<string, TypedRow>();
    for (const list of lists) {
      if (list instanceof Error) throw list;
      for (const related of list) found.set(related.id, related);
    }
    const related = [...found.values()].toSorted((a, b) => compareBytes(a.id, b.id));
    return field.list ? related : (related[0] ?? null);
  };
}
