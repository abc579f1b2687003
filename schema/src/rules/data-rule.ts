/**
 * A rule that is data: what `schema/rules/*.json` says of it, and the search that was made of it.
 * @see standard/exchange.md 6; PROTOCOL.md 7
 */
import type { Condition } from '../validate/condition.ts';
import type { Severity } from '../validate/violation.ts';
import type { WireFields } from '../wire-record.ts';
import type { Facts, JudgedRecord, Lookup } from './judged-record.ts';

/** A record and what else stands, in the words of a rule's example. */
export interface Example {
  readonly fields: WireFields;
  /** Standing records, of the same system unless they name another. */
  readonly related: readonly ExampleRecord[];
  /** The record's earlier version. */
  readonly earlier: WireFields | undefined;
}

/** A standing record of an example. */
export interface ExampleRecord {
  readonly dataset: string;
  readonly system: string | undefined;
  readonly fields: WireFields;
}

/** What a search says: undefined when the rule is kept or does not apply. */
export type Outcome = Breach | Missing | undefined;

/** The rule is broken. */
export interface Breach {
  readonly breaks: true;
  /** The field that is wrong; absent: the search's own. */
  readonly field?: string;
}

/** The rule cannot be judged before a record is there. */
export interface Missing {
  readonly missing: readonly Lookup[];
}

/** What a kind makes of a rule's parameters. */
export interface Search {
  /** Wire code of the field that findings name. */
  readonly field: string;
  /** Every wire field of the dataset that it reads, `field` included. */
  readonly reads: readonly string[];
  /** What of other records it reads: dataset and field by which they are found. */
  readonly asks?: readonly LookedUpField[];
  /** What it wants to know about this record. */
  readonly wants?: (record: JudgedRecord) => readonly Lookup[];
  /** Whether it compares with the record's earlier version. */
  readonly readsEarlier?: true;
  readonly find: (record: JudgedRecord, facts: Facts) => Outcome;
}

/** A field by which records are looked up. */
export interface LookedUpField {
  readonly dataset: string;
  readonly field: string;
}

/** One rule. */
export interface DataRule {
  /** Permanent: never renamed, never used for another rule. */
  readonly id: string;
  /** Name of the contract whose file has it. */
  readonly contract: string;
  readonly kind: string;
  readonly dataset: string;
  readonly severity: Severity;
  /** First day on which it holds, `YYYY-MM-DD`. */
  readonly validFrom: string;
  /** First day on which it no longer holds; undefined: open. */
  readonly validUntil: string | undefined;
  /** All must hold for the rule to apply; none: it always does. */
  readonly when: readonly Condition[];
  /** How long a record waits for what it needs, hours; undefined: it does not wait. */
  readonly waitHours: number | undefined;
  readonly messageZh: string;
  readonly messageEn: string;
  /** Section of the standard or of a statute, or «practice» where it is plausibility. */
  readonly source: string;
  readonly passes: Example;
  readonly fails: Example;
  readonly search: Search;
}
