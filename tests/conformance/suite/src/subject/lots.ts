/**
 * Lots that must still be closed, and lots that rows speak of: told from the deals, which everybody may see.
 * @see schema/PROTOCOL.md 5; directives.graphql «@sealed», «@deal»
 */
import { type Dataset, type Milestone, type Seal, parseInstant } from '@hub/schema';

import { listAt, textAt } from '../ask/json-value.ts';
import { pageQuestion } from './list.ts';
import type { Row } from './rows.ts';
import { shownTexts } from './shown.ts';
import type { Subject } from './subject.ts';

/** A lot as the board tells of it. */
export interface Lot {
  readonly code: string;
  /** Canonical instants. */
  readonly opensAt: string | undefined;
  readonly decidedAt: string | undefined;
  readonly state: string;
}

/** Clocks differ a little, and a day told without a time ends later than its midnight. */
const marginMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;
const mostLots = 50;

/** @returns Whether the milestone has surely not come for the lot. */
export function isClosed({ opensAt, decidedAt, state }: Lot, until: Milestone): boolean {
  const now = canonicalOf(Date.now() + marginMs);
  const isAhead = (instant: string | undefined): boolean => instant !== undefined && instant > now;
  if (until === 'OPENING') return isAhead(opensAt) || (opensAt === undefined && (state !== 'AWARDED' || decidedAt === undefined));
  return decidedAt === undefined || isAhead(decidedAt) || (opensAt !== undefined && dayAfter(decidedAt) < opensAt);
}

/** @returns Lots that are surely closed: first those whose opening lies ahead. */
export async function closedLots(subject: Subject, until: Milestone): Promise<readonly Lot[]> {
  const deals = subject.lists.find(({ root }) => root === 'deals');
  if (deals === undefined) return [];
  const ahead = await askLots(subject, { opensAt: { gte: isoOf(Date.now() + marginMs) } });
  const others = until === 'OPENING' ? [] : await askLots(subject, { state: { in: ['PENDING'] } });
  const found = new Map([...ahead, ...others].map((lot) => [lot.code, lot]));
  // A lot may have several deals; all of them are looked at.
  const whole = await lotsOf(subject, [...found.keys()].slice(0, mostLots));
  return [...whole.values()].filter((lots) => lots.some((lot) => isClosed(lot, until))).flatMap((lots) => lots.slice(0, 1));
}

/** @returns Deals of lots, by code; a lot without any is not in it. */
export async function lotsOf(subject: Subject, codes: readonly string[]): Promise<ReadonlyMap<string, readonly Lot[]>> {
  const found: Lot[] = [];
  for (let from = 0; from < codes.length; from += mostLots) {
    found.push(...(await askLots(subject, { lotCode: { in: codes.slice(from, from + mostLots) } })));
  }
  return Map.groupBy(found, ({ code }) => code);
}

/** @returns The board's codes of the lots that a row names; a row that names none is about its project as the only lot. */
export function lotCodes(dataset: Dataset, { lot, lotIn }: Seal, { node }: Row): readonly string[] {
  const textsOf = (name: string): readonly string[] => {
    const field = dataset.fields.find((one) => one.name === name);
    return field === undefined ? [] : shownTexts(field, node[name]);
  };
  if (lotIn === undefined) return textsOf(lot);
  const [project] = textsOf(lotIn);
  if (project === undefined) return [];
  const own = textsOf(lot).filter((code) => code !== project);
  return own.length === 0 ? [project] : own.map((code) => `${project}/${code}`);
}

async function askLots({ endpoint, lists }: Subject, filter: Readonly<Record<string, unknown>>): Promise<readonly Lot[]> {
  const deals = lists.find(({ root }) => root === 'deals');
  if (deals === undefined) return [];
  const question = pageQuestion(deals, { filter, first: 101, selection: 'lotCode opensAt decidedAt state { code }' });
  return listAt(await endpoint.data(question), 'page', 'edges').map((edge) => ({
    code: textAt(edge, 'node', 'lotCode'),
    opensAt: parseInstant(textAt(edge, 'node', 'opensAt')),
    decidedAt: parseInstant(textAt(edge, 'node', 'decidedAt')),
    state: textAt(edge, 'node', 'state', 'code'),
  }));
}

function dayAfter(canonical: string): string {
  return canonicalOf(Date.parse(canonical) + dayMs);
}

function canonicalOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000Z`;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
