/**
 * Resolvers of the root fields a dataset has: the list, the single record by id, the one by business code.
 * @see design/graph.md «Shape»
 */
import { type Dataset, HubError, plural, singular } from '@hub/schema';

import { findByColumn } from '../read/find.ts';
import { columnsOf } from '../store/columns.ts';

import type { SystemContext } from './context.ts';
import { pageResolver } from './page-field.ts';
import { recordById } from './record-by-id.ts';

type Resolver = (parent: unknown, args: Readonly<Record<string, unknown>>, context: SystemContext) => unknown;

/** @returns Resolvers of `Query` by field name. */
export function rootResolvers(dataset: Dataset): Readonly<Record<string, Resolver>> {
  const byCode = dataset.byCode === undefined ? {} : { [`${singular(dataset.type)}ByCode`]: codeResolver(dataset, dataset.byCode) };
  const single: Resolver = (_parent, { id }, { byId }) => recordById(dataset, id, byId);
  return { [plural(dataset.type)]: pageResolver(dataset), [singular(dataset.type)]: single, ...byCode };
}

function codeResolver(dataset: Dataset, name: string): Resolver {
  const column = dataset.fields.filter((field) => field.name === name).flatMap(columnsOf)[0];
  return async (_parent, args, { read, system }) => {
    const code = String(args['code']).trim().toUpperCase();
    // No text of PostgreSQL's has U+0000, so no record has this code.
    if (column === undefined || code.includes('\u0000')) return null;
    const rows = await read((db) => findByColumn(db, dataset, { system: system.code, column, values: [code] }));
    const originals = rows.filter(({ origin }) => origin === 'ORIGINAL');
    const found = originals.length > 0 ? originals : rows;
    if (found.length > 1) {
      throw new HubError('CODE_CONFLICT', {
        zh: `同一编码有 ${found.length} 条记录：${found.map(({ id }) => id).join('、')}。请按 id 查询。`,
        en: `${found.length} records have this code: ${found.map(({ id }) => id).join(', ')}. Ask by id.`,
        system: system.code,
        among: originals.length > 0 ? undefined : 'COPY',
      });
    }
    return found[0] === undefined ? null : { __typename: dataset.type, ...found[0] };
  };
}
