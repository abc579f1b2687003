/**
 * What every source looks like to the rest of a bridge: rows of texts in batches, each with the position from which reading
 * goes on once the batch is stored.
 * @see subgraphs/bridge/README.md
 */
import type { Entry } from '../mapping/mapping.ts';

/** Column or path → text as the source writes it; null: nothing there. */
export type Row = Readonly<Record<string, string | null>>;

/** Some rows. */
export interface ReadBatch {
  readonly rows: readonly Row[];
  /** Where to go on when these rows are stored; only this reader reads it. Undefined: where the pass began. */
  readonly position: string | undefined;
}

/** What to read. */
export interface ReadRequest {
  /** `all`: every row, in the order of the keys; `changes`: what is new since the position, and the overlap before it. */
  readonly pass: 'all' | 'changes';
  readonly from: string | undefined;
  readonly batchRows: number;
}

/** A source that is open for reading; it never writes. */
export interface Reader extends AsyncDisposable {
  /** @returns Names of the columns; undefined where only the rows themselves tell. */
  columns(entry: Entry): Promise<readonly string[] | undefined>;
  /** @returns The position from which changes are to be read after a pass over all rows that begins now; undefined: none are told. */
  mark(entry: Entry): Promise<string | undefined>;
  /** @throws HubError DATABASE_UNREACHABLE, SYSTEM_FAILED, CONFIG_INVALID. */
  read(entry: Entry, request: ReadRequest): AsyncIterable<ReadBatch>;
}
