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
  /** The project within which the field's codes are unique: the column holds the board's codes of lots, PROJECT/LOT or PROJECT. */
  readonly within?: Column | undefined;
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

/**
 * @param named - The fields that name a row's lots, and the project they are unique in, if any.
 * @returns The column with the board's codes of the lots: the field's own, or one beside it; undefined when there is no such field.
 */
export function lotColumn(
  { fields }: Pick<Dataset, 'fields'>,
  named: { readonly lot: unknown; readonly lotIn: unknown },
): Column | undefined {
  const columnOf = (name: unknown): Column | undefined => fields.filter((field) => field.name === name).flatMap(columnsOf)[0];
  const own = columnOf(named.lot);
  if (own === undefined || named.lotIn === undefined) return own;
  const within = columnOf(named.lotIn);
  if (within === undefined) return undefined;
  // No field's column is called so: theirs begin with «i_».
  return { ...own, name: 'lots', field: { ...own.field, orderable: false }, searched: false, exact: own.exact && within.exact, within };
}

/** @returns All typed columns of a dataset, in field order; then that of lots named within their project. */
export function datasetColumns(dataset: Dataset): readonly Column[] {
  const { deal, notice, sealed, fields } = dataset;
  const seals = [sealed, ...fields.map((field) => field.sealed)].filter((seal) => seal !== undefined);
  const named = [{ lot: deal?.['lot'], lotIn: deal?.['lotIn'] }, { lot: notice?.['lots'], lotIn: notice?.['lotsIn'] }, ...seals];
  const lots = named.filter(({ lotIn }) => lotIn !== undefined).flatMap((one) => lotColumn(dataset, one) ?? []);
  return [...fields.flatMap(columnsOf), ...lots.slice(0, 1)];
}

/**
 * @returns A column of the deals besides the typed ones, by name, with its type: the contract whose lot a deal is of. A deal
 * without one ends no seal.
 */
export function contractColumns({ type }: Pick<Dataset, 'type'>): readonly (readonly [string, string])[] {
  return type === 'Deal' ? [['contract', columnTypes.text]] : [];
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
