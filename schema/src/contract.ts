/**
 * A contract as the rest of the house reads it: datasets, fields, wire fields. Made from SDL by read-contract.ts.
 * @see design/architecture.md «Words»
 */

/** Who may see a field; each level includes the ones before it. */
export type Visibility = 'PUBLIC' | 'GOVERNMENT' | 'RESTRICTED';
/** What ends a seal: a lot's opening, or its result. */
export type Milestone = 'OPENING' | 'RESULT';
/** Whether the public pays or is paid. */
export type Direction = 'PUBLIC_PAYS' | 'PUBLIC_RECEIVES';

/** Whether a value is one of the two. */
export function isDirection(value: unknown): value is Direction {
  return value === 'PUBLIC_PAYS' || value === 'PUBLIC_RECEIVES';
}

/** One field of the standard behind a graph field. */
export interface WireField {
  /** Name on the wire; misspellings are the standard's own. Empty for a value the sheet fixes and does not send. */
  readonly code: string;
  /** Type notation of the sheet: `C..200`, `N..20,6`, `yyyyMMddHHmmss`. */
  readonly type: string;
  /** Which part of a Money, Party or text it fills. */
  readonly part: string | undefined;
  /** Code list it draws from. */
  readonly list: string | undefined;
  /** Identifier rule it obeys. */
  readonly id: string | undefined;
  /** Value the sheet fixes and does not send. */
  readonly fixed: string | undefined;
  readonly required: boolean;
  /** `CODE=V|W`: required when another wire field of the record has one of these values. */
  readonly requiredWhen: string | undefined;
  /** A half-width semicolon list. */
  readonly multi: boolean;
  readonly national: boolean;
}

/** One field of a dataset. */
export interface Field {
  readonly name: string;
  /** Named graph type: `String`, `Code`, `Money`, `Party`, a dataset's type … */
  readonly graphType: string;
  readonly list: boolean;
  readonly nonNull: boolean;
  /** Chinese name first. */
  readonly description: string;
  readonly wire: readonly WireField[];
  readonly visibility: Visibility;
  readonly indexed: boolean;
  readonly orderable: boolean;
  readonly sealed: Seal | undefined;
  readonly relation: Relation | undefined;
}

/** Not readable before the milestone of the lot that field `lot` names. */
export interface Seal {
  readonly until: Milestone;
  /** Graph field of the same dataset with the lot's code or codes. */
  readonly lot: string;
  /** Graph field with the project within which the lot's code is unique; undefined where it is so by itself. */
  readonly lotIn: string | undefined;
}

/** Rows of the field's type whose `to` equals (or contains) this row's `from`, inside one system. */
export interface Relation {
  readonly from: string;
  readonly to: string;
}

/** Arguments of @notice or @deal: target field of the board → graph field of this dataset. */
export type BoardMapping = Readonly<Record<string, string | boolean | readonly string[]>>;

/** One record type of the standard. */
export interface Dataset {
  /** Graph type. */
  readonly type: string;
  /** Name in the standard, `TENDER_PROJECT`. */
  readonly code: string;
  /** Name of the contract it belongs to. */
  readonly contract: string;
  readonly no: number | undefined;
  /** Wire fields that identify a row without DATA_KEY; empty: DATA_KEY is required. */
  readonly key: readonly string[];
  /** The key fields identify a row whatever its DATA_KEY: many senders tell of one thing. */
  readonly byFields: boolean;
  /** Graph field that `…ByCode` looks up. */
  readonly byCode: string | undefined;
  /** Why this key. */
  readonly why: string;
  readonly national: boolean;
  readonly description: string;
  readonly fields: readonly Field[];
  readonly sealed: Seal | undefined;
  readonly notice: BoardMapping | undefined;
  readonly deal: BoardMapping | undefined;
}

/** The SDL that every system of a trade category, or the holder of a register, must serve; as data. */
export interface Contract {
  readonly name: string;
  readonly version: string;
  /** Edition of the standard. */
  readonly edition: string;
  /** Chinese title. */
  readonly title: string;
  /** Cut by rows over many systems; false for a register, which one system holds, or, without datasets, one endpoint of the hub. */
  readonly partitioned: boolean;
  /** The hub's category of its deals; undefined for contracts that are not a trade. */
  readonly category: string | undefined;
  readonly direction: Direction | undefined;
  readonly datasets: readonly Dataset[];
}
