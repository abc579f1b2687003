/**
 * Which columns a dataset's indexed fields need. A record is stored as its wire form; beside it stands one typed column for
 * each field that can be filtered, ordered or followed, so that nothing is kept twice that is not searched.
 * @see design/graph.md «Shape»
 */
import { type Dataset, type Field, readNotation } from '@hub/schema';

export type ColumnKind = 'text' | 'textList' | 'instant' | 'date' | 'decimal' | 'integer' | 'boolean';

/** One typed column. */
export interface Column {
  readonly name: string;
  readonly field: Field;
  readonly kind: ColumnKind;
  /** Which part of a party it holds. */
  readonly part: 'names' | 'codes' | undefined;
  /** Found by parts of its text, from one Chinese character on. */
  readonly searched: boolean;
  /**
   * Found by its whole value through an index of its own. Free text is not: an index entry has a greatest size, and one long
   * title would make a whole batch fail. It is found by its grams, and compared then.
   */
  readonly exact: boolean;
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

/** Characters; of four bytes each they are still well below the greatest size of an index entry. */
const longestExact = 200;

/** `publishedAt` → `published_at`. */
function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** @returns The columns of one field; none when it is not indexed. */
export function columnsOf(field: Field): readonly Column[] {
  if (!field.indexed) return [];
  const name = `i_${snake(field.name)}`;
  if (field.graphType === 'Party') {
    return [
      { name: `${name}_names`, field, kind: 'textList', part: 'names', searched: true, exact: false },
      { name: `${name}_codes`, field, kind: 'textList', part: 'codes', searched: false, exact: true },
    ];
  }
  const kind = field.list ? 'textList' : (kindOf[field.graphType] ?? 'text');
  const searched = field.graphType === 'String' && !field.list;
  return [{ name, field, kind, part: undefined, searched, exact: !searched || isShort(field) }];
}

/** @returns All typed columns of a dataset, in field order. */
export function datasetColumns(dataset: Dataset): readonly Column[] {
  return dataset.fields.flatMap(columnsOf);
}

/** @returns Name of the dataset's table. */
export function tableName(dataset: Dataset): string {
  return snake(dataset.type);
}

function isShort(field: Field): boolean {
  return field.wire.every(({ type }) => {
    const notation = readNotation(type);
    return notation?.kind !== 'text' || (notation.exactly ?? notation.atMost ?? Infinity) <= longestExact;
  });
}
