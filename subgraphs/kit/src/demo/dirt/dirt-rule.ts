/**
 * What one kind of dirt is: where real data has it, how often the demonstration has it, and what the law says to it.
 * @see standard/exchange.md 10; standard/identifiers.md
 */
import type { DemoDataset } from '../draft.ts';
import type { Random } from '../random.ts';

/** Wire fields of one record. */
export type DemoFields = Readonly<Record<string, string>>;

/** Dirt of single records. */
export interface DirtRule {
  /** Seen where. */
  readonly seen: string;
  readonly on: readonly DemoDataset[];
  /** Share of the records of those datasets that it applies to. */
  readonly share: number;
  /** What validation says: nothing, a warning, or no. */
  readonly effect: 'none' | 'warning' | 'refusal';
  /** Whether a record has what is spoilt; always, when absent. */
  readonly applies?: (fields: DemoFields) => boolean;
  readonly spoil: (fields: DemoFields, random: Random) => DemoFields;
  /** The record loses its DATA_KEY. */
  readonly keyless?: true;
  /** The record is sent again under another DATA_KEY; the twin carries the tag. */
  readonly twin?: true;
}

/** @returns The fields with one replaced. */
export function replaced(fields: DemoFields, code: string, change: (value: string) => string): DemoFields {
  const value = fields[code];
  return value === undefined ? fields : { ...fields, [code]: change(value) };
}

/** @returns The fields without some. */
export function without(fields: DemoFields, ...codes: readonly string[]): DemoFields {
  return Object.fromEntries(Object.entries(fields).filter(([code]) => !codes.includes(code)));
}
