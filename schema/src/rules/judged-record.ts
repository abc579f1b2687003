/**
 * A record before the rules that are data, and what they may know of others: the exchange looks it up, the rules only read.
 * @see design/architecture.md «Words»; standard/exchange.md 4
 */
import type { SourceKind } from '../validate/rule.ts';
import type { WireFields } from '../wire-record.ts';

/** A change as the rules see it. */
export interface JudgedRecord {
  /** Code of the system that sent it. */
  readonly system: string;
  readonly dataset: string;
  readonly key: string;
  readonly op: 'put' | 'withdraw';
  readonly fields: WireFields;
  readonly sourceKind: SourceKind;
  /** Hours it has waited already, 0 when absent: a rule that would wait no longer finds fault instead. Infinity: no rule waits. */
  readonly waitedHours?: number;
}

/** One question about standing records: which of this dataset have this value in this field. */
export interface Lookup {
  readonly dataset: string;
  readonly field: string;
  /** As `lookupValue` writes it. */
  readonly value: string;
  /** `exists`: who has it suffices; `records`: their fields are read as well. */
  readonly want: 'exists' | 'records';
  /** Whether records of the record's own system are asked for, or those of all. */
  readonly scope: 'SYSTEM' | 'PROVINCE';
}

/** A record that stands: neither withdrawn nor refused nor waiting. */
export interface KnownRecord {
  readonly system: string;
  readonly dataset: string;
  readonly key: string;
  /** Empty where only `exists` was asked. */
  readonly fields: WireFields;
}

/** What the rules may know besides the record. */
export interface Facts {
  /** @returns What stands with the value, the judged record's own earlier version included; none is []. */
  known(lookup: Lookup): readonly KnownRecord[];
  /** Fields of the version of this record that stands; undefined when there is none. */
  readonly earlier: WireFields | undefined;
}

/** Longer texts are no codes: they are neither kept for looking up nor looked up. */
const longestCode = 200;

/** @returns A code as it is kept and looked up, upper case; undefined when the text is blank or longer than 200 characters. */
export function lookupValue(text: string): string | undefined {
  const code = text.trim();
  return code === '' || code.length > longestCode ? undefined : code.toUpperCase();
}

/** @returns One text per lookup that two lookups share when one answer serves both. */
export function lookupKey({ dataset, field, value, scope }: Omit<Lookup, 'want'>): string {
  return `${scope} ${dataset} ${field} ${value}`;
}
