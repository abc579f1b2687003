/**
 * What somebody's database holds, as far as this user may see it.
 */

/** A column. */
export interface FoundColumn {
  readonly name: string;
  /** The database's own word. */
  readonly type: string;
}

/** A table or a view. */
export interface FoundTable {
  /** Schema (PostgreSQL) or database (MySQL). */
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly FoundColumn[];
  /** Columns of its primary key; empty when there is none. */
  readonly key: readonly string[];
}

/** Which kind of database. */
export type DatabaseKind = 'postgres' | 'mysql';

/** One column of one table, as both catalogues tell it. */
export interface FoundRow {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly isKey: boolean;
}

/** @param rows - In the order of tables, and of columns in each. @returns Tables in that order. */
export function tablesOf(rows: readonly FoundRow[]): readonly FoundTable[] {
  const groups = Map.groupBy(rows, ({ schema, table }) => JSON.stringify([schema, table]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return {
      schema: first.schema,
      name: first.table,
      columns: group.map(({ column, type }) => ({ name: column, type })),
      key: group.filter(({ isKey }) => isKey).map(({ column }) => column),
    };
  });
}
