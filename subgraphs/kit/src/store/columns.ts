/**
 * Which columns a dataset's indexed fields need. A record is stored as its wire form; beside it stands one typed column for
 * each field that can be filtered, ordered or followed, so that nothing is kept twice that is not searched.
 * @see design/graph.md «Shape»
 */
import type { Dataset, Field } from '@hub/schema';

export type ColumnKind = 'text' | 'textList' | 'instant' | 'date' | 'decimal' | 'integer' | 'boolean';

/** One typed column. */
export interface Column {
  readonly name: string;
  readonly field: Field;
  readonly kind: ColumnKind;
  /** Which part of a party it holds. */
  readonly part: 'names' | 'codes' | undefined;
  /** Found by parts of its text, from two Chinese characters on. */
  readonly searched: boolean;
}

/** PostgreSQL type of each kind. Text compares by bytes, as the gateway's merge does. */
export const columnTypes: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  textList: 'text[]',
  instant: 'timestamptz(6)',
  date: 'date',
  decimal: 'numeric',
  integer: 'integer',
  boolean: 'boolean',
};

const kindOf: Readonly<Record<string, ColumnKind>> = {
  DateTime: 'instant',
  Date: 'date',
  Decimal: 'decimal',
  Money: 'decimal',
  Int: 'integer',
  Boolean: 'boolean',
};

/** `publishedAt` → `published_at`. */
export function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** @returns The columns of one field; none when it is not indexed. */
export function columnsOf(field: Field): readonly Column[] {
  if (!field.indexed) return [];
  const name = `i_${snake(field.name)}`;
  if (field.graphType === 'Party') {
    return [
      { name: `${name}_names`, field, kind: 'textList', part: 'names', searched: true },
      { name: `${name}_codes`, field, kind: 'textList', part: 'codes', searched: false },
    ];
  }
  const kind = field.list ? 'textList' : (kindOf[field.graphType] ?? 'text');
  return [{ name, field, kind, part: undefined, searched: field.graphType === 'String' && !field.list }];
}

/** @returns All typed columns of a dataset, in field order. */
export function datasetColumns(dataset: Dataset): readonly Column[] {
  return dataset.fields.flatMap(columnsOf);
}

/** @returns Name of the dataset's table. */
export function tableName(dataset: Dataset): string {
  return snake(dataset.type);
}
