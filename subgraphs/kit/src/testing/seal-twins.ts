/**
 * Two systems of the same code that hold the same records, but for what is still sealed: as long as it is, nobody may tell
 * them apart.
 * @see design/graph.md «Who sees what»
 */
import { type Contract, type Dataset, type WireField, readNotation } from '@hub/schema';

import type { SystemStore } from '../graph/context.ts';
import type { Incoming } from '../write/accept-records.ts';

import { type Story, fullRecord } from './full-record.ts';
import { questionsOf } from './questions.ts';
import { stopClock } from './test-clock.ts';
import { type Answer, type TestGraph, serveTestGraph } from './test-graph.ts';
import { accept } from './test-records.ts';
import { type TestStore, openTestStore } from './test-store.ts';

/** A database of its own with one system: the twins' systems have the same code, so their answers can be compared whole. */
export interface Twin extends AsyncDisposable {
  readonly opened: TestStore;
  readonly target: SystemStore;
  readonly graph: TestGraph;
}

/** @returns A twin without records; the contracts a trading system has in tests, unless others are given. */
export async function openTwin(contracts?: readonly Contract[]): Promise<Twin> {
  const opened = await openTestStore(contracts === undefined ? {} : { contracts });
  const target = opened.system();
  const graph = await serveTestGraph(target);
  return {
    opened,
    target,
    graph,
    async [Symbol.asyncDispose]() {
      await graph[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
    },
  };
}

const lots = ['LOT-ONE', 'LOT-TWO'] as const;
const story = (place: number): Omit<Story, 'codes'> => ({
  project: 'PROJECT',
  lot: lots[place] ?? '',
  opensAt: ['20260810090000', '20260812090000'][place] ?? '',
  decidedAt: ['20260820090000', '20260822090000'][place] ?? '',
});
/** Openings and results of the two lots; ten milliseconds before and after can be written as one. */
const moments = {
  opening: '2026-08-10T01:00:00',
  secondOpening: '2026-08-12T01:00:00',
  result: '2026-08-20T01:00:00',
  secondResult: '2026-08-22T01:00:00',
} as const;

/** @returns The instant just before a moment. */
export function before(moment: keyof typeof moments): string {
  return new Date(Date.parse(`${moments[moment]}Z`) - 1).toISOString();
}

/** @returns The instant just after a moment. */
export function after(moment: keyof typeof moments): string {
  return new Date(Date.parse(`${moments[moment]}Z`) + 1).toISOString();
}

/** @returns The datasets of the twin's trades. */
export function datasetsOf({ target }: Twin): readonly Dataset[] {
  // An abnormal end would decide the lots before their time.
  return [...target.store.byType.values()]
    .filter(({ contract, dataset }) => contract.name !== 'board' && dataset.type !== 'TenderAbnormality')
    .map(({ dataset }) => dataset);
}

type Seals = ReadonlySet<'OPENING' | 'RESULT'>;

/** Records of both lots, of every dataset; of what is still sealed nothing, and other text in sealed fields. */
function records(twin: Twin, sealed: Seals): readonly Incoming[] {
  const { codes } = twin.target;
  return datasetsOf(twin).flatMap((dataset) => {
    if (dataset.sealed !== undefined && sealed.has(dataset.sealed.until)) return [];
    const hidden = dataset.fields.filter((field) => field.sealed !== undefined && sealed.has(field.sealed.until));
    const wires = hidden.flatMap(({ wire }) => wire).filter(({ fixed, list }) => fixed === undefined && list === undefined);
    const fields = Object.fromEntries(wires.map((wire) => [wire.code, otherValue(wire)]));
    return lots.map((_, place) => fullRecord(dataset, `K${place}`, { codes, ...story(place), fields }));
  });
}

/** Not what `fullRecord` writes. */
function otherValue({ type }: WireField): string {
  return readNotation(type)?.kind === 'number' ? '8' : '别的内容';
}

/**
 * Fills a twin with all records, but for those that wait for one of the milestones.
 * @throws RangeError when the law refuses one.
 */
export async function fill(twin: Twin, sealed: Seals): Promise<Twin> {
  const all = records(twin, sealed);
  // What is sealed comes later: were its time of receipt to show anywhere, the twins would differ.
  const [late, early] = [true, false].map((wanted) =>
    all.filter(({ record }) => (twin.target.store.byCode.get(record.dataset)?.dataset.sealed !== undefined) === wanted),
  );
  const answers = [...(await accept(twin.target, early ?? [])), ...(await accept(twin.target, late ?? [], '2026-11-02T00:00:00.000000Z'))];
  const refused = answers.flatMap(({ refusals, incoming }) =>
    refusals.map(({ rule, field }) => `${incoming.record.dataset} ${rule} ${field}`),
  );
  if (refused.length > 0) throw new RangeError(refused.join(', '));
  return twin;
}

/** @returns The twin's answers to every question, its clock stopped. */
export async function answersOf(twin: Twin, instant: string): Promise<readonly (Answer & { readonly query: string })[]> {
  await stopClock(twin.target.store.db, instant);
  const answers: (Answer & { readonly query: string })[] = [];
  for (const { query, variables } of questionsOf(twin.target, twin.graph.schema, ['K0', 'K1']))
    answers.push({
      query: `${query.slice(0, 200)} ${JSON.stringify(variables).slice(0, 200)}`,
      ...(await twin.graph.ask(query, variables)),
    });
  return answers;
}
