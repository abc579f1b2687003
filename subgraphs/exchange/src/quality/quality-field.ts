/**
 * The root field `quality` of the exchange's subgraph.
 * @see schema/contracts/exchange.graphql «Quality»
 */
import { HubError, printInstant, ruleWords } from '@hub/schema';

import { isRestrictedViolation } from '../graph/violations-by-reader.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { expectedStages } from './lot-stages.ts';
import { pulseOf } from './pulse.ts';
import {
  type DatasetCounts,
  type HourCount,
  type QualityCounts,
  type QualityScope,
  type RuleCount,
  type StageCount,
  readDatasets,
  readDays,
  readHours,
  readRules,
  readStages,
} from './read-quality.ts';

/** Arguments of the field. */
export interface QualityArguments {
  readonly from: string;
  readonly to: string;
  readonly systems?: readonly string[] | null;
  readonly datasets?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
}

const mostDays = 366;
const mostViolations = 100;

/**
 * Resolves `Query.quality`; parts are read when they are asked for.
 * @throws HubError FILTER_INVALID when the days are turned round or too many.
 */
export function qualityField(store: ExchangeStore, { from, to, systems, datasets, categories }: QualityArguments): unknown {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (!(days >= 0 && days < mostDays)) throw badRange();
  const scope = { from, to, systems: systems ?? undefined, datasets: datasets ?? undefined, categories: categories ?? undefined };
  return {
    from,
    to,
    cells: () => cellsOf(store, scope),
    days: async () => (await readDays(store.reading, scope)).map(({ day, ...counts }) => ({ day, figures: figuresOf(counts) })),
    pulses: async () => pulsesOf(await readHours(store.reading, scope.systems, store.clock.nowMs()), store.clock.nowMs()),
  };
}

async function cellsOf(store: ExchangeStore, scope: QualityScope): Promise<readonly unknown[]> {
  const rows = await readDatasets(store.reading, scope);
  const stages = once(() => readStages(store.reading, scope));
  const rules = once(() => readRules(store.reading, scope));
  const cells = [...Map.groupBy(rows, ({ system, category }) => `${system}\n${category}`).values()];
  return cells.map((datasets) => {
    const [{ system, category } = { system: '', category: '' }] = datasets;
    const own = <Row extends { readonly system: string; readonly category: string }>(all: readonly Row[]): readonly Row[] =>
      all.filter((row) => row.system === system && row.category === category);
    const wanted = wantedStages(store, category);
    return {
      system: { code: system },
      category,
      ...tradeOf(store, category),
      figures: figuresOf(sumOf(datasets)),
      datasets: datasets.map((row) => ({ dataset: row.dataset, figures: figuresOf(row) })),
      completeness: async () => completenessOf(own(await stages()), wanted),
      stages: async () => stagesOf(own(await stages()), wanted),
      violations: async () => violationsOf(store, own(await rules()), false),
      restrictedViolations: async () => violationsOf(store, own(await rules()), true),
    };
  });
}

/** What a trade is called: the province's own have no English. */
function tradeOf({ law }: ExchangeStore, category: string): Record<'categoryZh' | 'categoryEn', string | null> {
  const found = law.codes.list('CATEGORY')?.values.findLast(({ code }) => code === category);
  return { categoryZh: found?.label ?? null, categoryEn: found?.labelEn ?? null };
}

/** A trade's contract is the one of its name; a trade without its own has no stages of its own either. */
function wantedStages({ law }: ExchangeStore, category: string): readonly string[] {
  const judged = [...law.byCode.values()].find(({ contract }) => contract.category === category);
  return judged === undefined ? [] : expectedStages(judged.contract);
}

function stagesOf(counts: readonly StageCount[], wanted: readonly string[]): readonly unknown[] {
  const others = counts.map(({ stage }) => stage).filter((stage) => !wanted.includes(stage));
  const lotsOf = (name: string): number => counts.find(({ stage }) => stage === name)?.lots ?? 0;
  return [...wanted, ...others.toSorted()].map((stage) => ({ stage, lots: lotsOf(stage), expected: wanted.includes(stage) }));
}

function completenessOf(counts: readonly StageCount[], wanted: readonly string[]): string | null {
  const lotsOf = (name: string): number => counts.find(({ stage }) => stage === name)?.lots ?? 0;
  const ended = Math.max(0, ...counts.map(({ lots }) => lots));
  return ended === 0 || wanted.length < 2
    ? null
    : rate(
        wanted.reduce((sum, stage) => sum + lotsOf(stage), 0),
        ended * wanted.length,
      );
}

function violationsOf(store: ExchangeStore, rows: readonly RuleCount[], restricted: boolean): readonly unknown[] {
  return rows
    .filter((row) => isRestrictedViolation(store.law, row.dataset, row) === restricted)
    .slice(0, mostViolations)
    .map((row) => violationOf(store, row));
}

function violationOf({ law }: ExchangeStore, { dataset, rule, field, severity, changes }: RuleCount): unknown {
  const words = ruleWords(rule, law.rules.rules);
  return { dataset, rule, field, severity: severity.toUpperCase(), changes, messageZh: words?.zh ?? null, messageEn: words?.en ?? null };
}

function pulsesOf(rows: readonly HourCount[], nowMs: number): readonly unknown[] {
  return [...Map.groupBy(rows, ({ system }) => system)].map(([system, hours]) => {
    const byHour = new Map(hours.map(({ hour, changes }) => [hour, changes]));
    const { lastHour, changes, expected, missed, silent } = pulseOf(byHour, hours[0]?.first ?? 0, nowMs);
    return { system: { code: system }, lastHour: hourText(lastHour), changes, expected: number(expected), missed: number(missed), silent };
  });
}

function hourText(hour: number | undefined): string | null {
  return hour === undefined ? null : printInstant(`${new Date(hour * 3_600_000).toISOString().slice(0, 19)}.000000Z`);
}

function sumOf(rows: readonly DatasetCounts[]): QualityCounts {
  const sum = (name: keyof QualityCounts): number => rows.reduce((total, row) => total + row[name], 0);
  return {
    changes: sum('changes'),
    accepted: sum('accepted'),
    refused: sum('refused'),
    waiting: sum('waiting'),
    repaired: sum('repaired'),
    conforming: sum('conforming'),
    accurate: sum('accurate'),
    sameDay: sum('sameDay'),
    days2To3: sum('days2To3'),
    days4To7: sum('days4To7'),
    later: sum('later'),
    ahead: sum('ahead'),
  };
}

function figuresOf({ conforming, accurate, ...counts }: QualityCounts): unknown {
  const { accepted, refused, repaired, sameDay, days2To3, days4To7, later, ahead } = counts;
  return {
    ...counts,
    timeliness: rate(sameDay, sameDay + days2To3 + days4To7 + later + ahead),
    conformity: rate(conforming, accepted + refused),
    accuracy: rate(accurate, conforming),
    repairRate: rate(repaired, refused),
  };
}

/** Never rounded up: what is not whole is not told as 1. */
function rate(part: number, whole: number): string | null {
  return whole === 0 ? null : String(Math.floor((part * 10_000) / whole) / 10_000);
}

function number(value: number | undefined): string | null {
  return value === undefined ? null : String(Number(value.toFixed(4)));
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let found: Promise<Value> | undefined;
  return () => (found ??= read());
}

function badRange(): HubError {
  return new HubError('FILTER_INVALID', {
    zh: `from 须不晚于 to，且不超过 ${mostDays} 日。`,
    en: `from must not be after to, and ${mostDays} days at most.`,
  });
}
