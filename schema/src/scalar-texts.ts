/**
 * What a client may write for a value of the law's own scalars: one reader for the hub, which finds the mistake, and for a
 * system asked directly. Instants and days are read strictly; identifiers are text, for a wrong check character is a warning
 * on a record and no reason to refuse a question.
 * @see design/graph.md «Types»
 */
import { isDecimal } from './decimal.ts';
import { identifierScalars } from './decode/index-value.ts';
import { parseDate, parseInstant } from './wire-types/instant.ts';

/** How one scalar is written. */
export interface ScalarText {
  /** @returns The value as it is compared; undefined when the text is none. */
  readonly read: (text: string) => string | undefined;
  /** One that is right, as it is written in a query. */
  readonly example: string;
}

/** Characters; no number of the standard comes near. */
const longestNumber = 100;

/** The scalars by name; what is not here is GraphQL's own or somebody else's. */
export const scalarTexts: ReadonlyMap<string, ScalarText> = new Map([
  ['DateTime', { read: parseInstant, example: '"2026-01-31T09:00:00+08:00"' }],
  ['Date', { read: parseDate, example: '"2026-01-31"' }],
  ['Decimal', { read: (text) => (text.length <= longestNumber && isDecimal(text) ? text : undefined), example: '"12.5"' }],
  ...[...identifierScalars].map((name): [string, ScalarText] => [name, { read: (text) => text, example: '"…"' }]),
]);
