/**
 * What the exchange tells of quality through the graph, read. When it does not answer there is nothing, and the page says so.
 * @see schema/contracts/exchange.graphql «Quality»
 */
import { z } from 'zod';

import type { Grants } from '../../admit/caller.ts';
import type { AskGraph } from '../systems/ask-graph.ts';

const rate = z.string().nullish();
const figures = z.object({
  changes: z.number(),
  accepted: z.number(),
  refused: z.number(),
  waiting: z.number(),
  repaired: z.number(),
  sameDay: z.number(),
  days2To3: z.number(),
  days4To7: z.number(),
  later: z.number(),
  ahead: z.number(),
  timeliness: rate,
  conformity: rate,
  accuracy: rate,
  repairRate: rate,
});
const system = z.object({ code: z.string(), name: z.string().nullish() });
const words = z.string().nullish();
const cell = z.object({ system, category: z.string(), categoryZh: words, categoryEn: words, completeness: rate, figures });
const day = z.object({ day: z.string(), figures });
const pulse = z.object({ system, lastHour: z.string().nullish(), changes: z.number(), expected: rate, missed: rate, silent: z.boolean() });
const violation = z.object({
  dataset: z.string(),
  rule: z.string(),
  field: z.string(),
  severity: z.string(),
  changes: z.number(),
  messageZh: words,
  messageEn: words,
});
const detailed = cell.extend({
  stages: z.array(z.object({ stage: z.string(), lots: z.number(), expected: z.boolean() })),
  datasets: z.array(z.object({ dataset: z.string(), figures })),
  violations: z.array(violation).nullish(),
  restrictedViolations: z.array(violation).default([]),
});
const matrix = z.object({ quality: z.object({ cells: z.array(cell), days: z.array(day), pulses: z.array(pulse) }) });
const oneCell = z.object({ quality: z.object({ cells: z.array(detailed), days: z.array(day) }) });

/** Counts and rates. */
export type Figures = z.output<typeof figures>;
/** One system in one trade. */
export type Cell = z.output<typeof cell>;
/** With what is behind it. */
export type DetailedCell = z.output<typeof detailed>;
/** Sums of one day. */
export type Day = z.output<typeof day>;
/** A system against the weeks before. */
export type Pulse = z.output<typeof pulse>;

/** Days that are shown. */
export interface QualityRange {
  readonly days: number;
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

/** One cell, of a range of days. */
export interface CellPlace extends QualityRange {
  readonly system: string;
  /** '' where changes are of no trade. */
  readonly category: string;
}

const numbers = `figures { changes accepted refused waiting repaired sameDay days2To3 days4To7 later ahead
  timeliness conformity accuracy repairRate }`;
const trade = 'category categoryZh categoryEn';
const violated = 'dataset rule field severity changes messageZh messageEn';
const timeoutMs = 3000;

/** @returns All cells, days and pulses; undefined: the exchange does not answer. */
export async function askMatrix(ask: AskGraph, { from, to }: QualityRange, grants: Grants): Promise<Matrix | undefined> {
  const query = `query QualityPage($from: Date!, $to: Date!) { quality(from: $from, to: $to) {
    cells { system { code name } ${trade} completeness ${numbers} }
    days { day ${numbers} } pulses { system { code name } lastHour changes expected missed silent } } }`;
  const { data } = await ask({ query, variables: { from, to }, grants, timeoutMs });
  return matrix.safeParse(data).data?.quality;
}

/** What the first page shows. */
export type Matrix = z.output<typeof matrix>['quality'];

/** @returns The cell and its days; null: there is none; undefined: the exchange does not answer. */
export async function askCell(
  ask: AskGraph,
  { from, to, system, category }: CellPlace,
  grants: Grants,
): Promise<CellTold | null | undefined> {
  const [forGovernment, forMore] = ['violations', 'restrictedViolations'].map((name) => `${name} { ${violated} }`);
  const seen = grants === 'PUBLIC' ? '' : grants === 'GOVERNMENT' ? forGovernment : `${forGovernment} ${forMore}`;
  const query = `query QualityCell($from: Date!, $to: Date!, $systems: [String!], $categories: [String!]) {
    quality(from: $from, to: $to, systems: $systems, categories: $categories) {
      cells { system { code name } ${trade} completeness ${numbers} stages { stage lots expected } datasets { dataset ${numbers} } ${seen} }
      days { day ${numbers} } } }`;
  const variables = { from, to, systems: [system], categories: [category] };
  const { data } = await ask({ query, variables, grants, timeoutMs });
  const told = oneCell.safeParse(data).data?.quality;
  if (told === undefined) return undefined;
  const [found] = told.cells;
  return found === undefined ? null : { cell: found, days: told.days };
}

/** What the page of a cell shows. */
export interface CellTold {
  readonly cell: DetailedCell;
  readonly days: readonly Day[];
}
