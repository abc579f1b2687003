/**
 * A record as it travels: the standard's names and text, nothing interpreted. Record → wire → record is the identity.
 * @see standard/exchange.md 3; design/graph.md «Types»
 */

/** Wire name → text as sent. */
export type WireFields = Readonly<Record<string, string>>;

/** One message: a record to keep, or one to withdraw. */
export interface WireRecord {
  /** Code of the sending system, once it is known; not part of the message. */
  readonly system?: string;
  /** Name of the dataset in the standard, `TENDER_PROJECT`. */
  readonly dataset: string;
  /** The sender's DATA_KEY, without blanks around it; undefined when it gave none. */
  readonly dataKey: string | undefined;
  /** DATA_TYPE 1 (add) and 2 (modify) both put; 3 withdraws. */
  readonly op: 'put' | 'withdraw';
  readonly fields: WireFields;
}

/** @returns The text of a field without blanks around it; undefined when it is absent, empty or blank. */
export function wireValue(fields: WireFields, code: string): string | undefined {
  const value = Object.hasOwn(fields, code) ? fields[code]?.trim() : undefined;
  return value === '' ? undefined : value;
}

/** @returns The items of a half-width semicolon list in their positions, blank ones as '', without blanks at the end. */
export function wireItems(value: string | undefined): readonly string[] {
  if (value === undefined) return [];
  const items = value.split(';').map((item) => item.trim());
  return items.slice(0, items.findLastIndex((item) => item !== '') + 1);
}
