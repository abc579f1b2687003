/**
 * `views.sql`: a view for each dataset over the engineer's own tables, to be completed in SQL. It runs as it is: what no table
 * was found for has no rows, and what no column was found for is null. Pure.
 * @see subgraphs/GUIDE.md
 */
import { type CodeLists, hubEnums } from '@hub/schema';

import type { DraftColumn, DraftEntry } from './draft-entry.ts';
import { changedColumn, keyColumn } from './draft-mapping.ts';
import type { DatabaseKind, FoundTable } from './found-table.ts';

/** What the text is made from. */
export interface ViewsDraft {
  readonly entries: readonly DraftEntry[];
  readonly tables: readonly FoundTable[];
  readonly kind: DatabaseKind;
  /** Lists as the province's systems know them. */
  readonly codes: CodeLists;
}

/** What differs between the two. */
interface Dialect {
  readonly quote: (name: string) => string;
  readonly nothing: string;
  readonly noRows: string;
  readonly textType: string;
}

const dialects: Readonly<Record<DatabaseKind, Dialect>> = {
  postgres: { quote: (name) => `"${name.replaceAll('"', '""')}"`, nothing: 'cast(null as text)', noRows: 'where false', textType: 'text' },
  mysql: {
    quote: (name) => `\`${name.replaceAll('`', '``')}\``,
    nothing: 'cast(null as char)',
    noRows: 'from dual where 1 = 0',
    textType: 'char',
  },
};

const mostTables = 500;
/** A longer list is named; the dictionary shows it. */
const mostCodes = 30;

/** @returns SQL that can be run again and again. */
export function draftViews({ entries, tables, kind, codes }: ViewsDraft): string {
  const dialect = dialects[kind];
  return [
    '-- 每个数据集一个视图，一行一条记录。把 null 换成自己的列；联接、筛选、换算都写在这里。可反复执行。',
    '-- One view for each dataset, one row a record. Put your own columns in the place of null; may be run again and again.',
    '-- 「必填」的列须有值，否则该行拒收。Rows without a value in a column marked «必填 required» are refused.',
    '',
    ...entries.flatMap((entry) => [...viewOf(entry, dialect, codes), '']),
    ...foundLines(tables, kind),
    '',
  ].join('\n');
}

function viewOf({ dataset, title, view, table, key, changed, columns }: DraftEntry, dialect: Dialect, codes: CodeLists): readonly string[] {
  const { quote, nothing, noRows, textType } = dialect;
  const of = (column: string | undefined): string => (column === undefined ? nothing : `t.${quote(column)}`);
  const parts = key.map((column) => `cast(t.${quote(column)} as ${textType})`);
  const rowKey = parts.length > 1 ? `concat(${parts.join(`, '|', `)})` : of(key[0]);
  const lines = [
    [`${rowKey} as ${quote(keyColumn)}`, '必填 required：行主键，唯一且永不改变 the row’s key, unique, never changed'],
    ...(changed === undefined ? [] : [[`${of(changed)} as ${quote(changedColumn)}`, '修改时间，只增 when it changed']]),
    ...columns.map((column) => [`${of(column.from)} as ${quote(column.name)}`, about(column, codes)]),
  ];
  const from = table === undefined ? `${noRows};` : `from ${quote(table.schema)}.${quote(table.name)} as t;`;
  return [
    `-- ${title} ${dataset.code}${table === undefined ? '：没有找到列名相同的表，请写 from。No table of like columns was found: write its from.' : ''}`,
    `drop view if exists ${quote(view)};`,
    `create view ${quote(view)} as`,
    'select',
    ...lines.map(([column, comment], place) => `  ${column}${place + 1 < lines.length ? ',' : ''}  -- ${comment}`),
    from,
  ];
}

function about({ wire, title, required, graphType }: DraftColumn, codes: CodeLists): string {
  const values = wire.list === undefined ? [] : (codes.list(wire.list)?.values ?? []);
  const current = values.filter(({ until }) => until === undefined);
  const shown = current.length > mostCodes ? [`代码表 list ${wire.list ?? ''}`] : current.map(({ code, label }) => `${code} ${label}`);
  return [
    ...(required ? ['必填 required'] : []),
    `${title} ${wire.type}`,
    ...(wire.multi ? ['多个以 ; 相隔 several, separated by ;'] : []),
    ...(hubEnums.get(graphType) ?? []),
    ...(shown.length > 0 ? [shown.join('、')] : []),
  ]
    .join(' · ')
    .replaceAll(/\s+/g, ' ');
}

function foundLines(tables: readonly FoundTable[], kind: DatabaseKind): readonly string[] {
  const { quote } = dialects[kind];
  const lines = tables.slice(0, mostTables).map(({ schema, name, columns }) => {
    const listed = columns.map((column) => `${column.name} ${column.type}`).join(', ');
    return `--   ${quote(schema)}.${quote(name)} (${listed})`.replaceAll(/[\r\n]+/g, ' ');
  });
  const more = tables.length - lines.length;
  return [
    `-- 库中有 ${tables.length} 个表和视图：There are ${tables.length} tables and views:`,
    ...lines,
    ...(more > 0 ? [`--   … 其余 ${more} 个未列出 and ${more} more`] : []),
  ];
}
