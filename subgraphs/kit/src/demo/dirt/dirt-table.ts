/**
 * Every kind of dirt with its share, in one table: what a test counts and what a reader may expect.
 * @see standard/exchange.md 10
 */
import { codeDirt } from './codes.ts';
import type { DirtRule } from './dirt-rule.ts';
import { textDirt } from './texts.ts';
import { valueDirt } from './values.ts';

/** Dirt of single records. */
export const dirtTable = { ...codeDirt, ...valueDirt, ...textDirt } as const satisfies Record<string, DirtRule>;

/**
 * Dirt that runs through all records of a project or a lot, as a wrong code does. Shares are of projects and of lots; the
 * tag stands on PROJECT and on SECTION.
 */
export const widespreadDirt = {
  lowerCaseProject: { seen: 'codes of one city in lower case', on: 'PROJECT', share: 0.03, effect: 'none' },
  wrongDealCheck: { seen: 'unified deal codes computed with an overflow', on: 'SECTION', share: 0.03, effect: 'warning' },
} as const;

export type DirtKind = keyof typeof dirtTable | keyof typeof widespreadDirt;

/** Record-level kinds as a list, in the order in which shares are laid out. */
export const dirtRules: readonly (readonly [keyof typeof dirtTable, DirtRule])[] = [
  ...entriesOf(codeDirt),
  ...entriesOf(valueDirt),
  ...entriesOf(textDirt),
];

function entriesOf<K extends string>(rules: Readonly<Record<K, DirtRule>>): readonly (readonly [K, DirtRule])[] {
  const keys: readonly string[] = Object.keys(rules);
  const isKey = (key: string): key is K => Object.hasOwn(rules, key);
  return keys.filter(isKey).map((key) => [key, rules[key]] as const);
}
