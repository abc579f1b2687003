/**
 * Nothing hidden or sealed is readable by any path, by anybody, at any time: generated probes over role × path × time, over
 * real HTTP, against values that are found wherever they turn up.
 * @see design/graph.md «Who sees what»
 */
import { type Dataset, law } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { dice } from '../support/dice.ts';
import { levels } from '../support/query/law-schema.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, proving, sizeOf } from '../support/sizes.ts';
import { type Caller, allCallers, callerNamed } from './ask/callers.ts';
import type { Source } from './ask/generate-probe.ts';
import { type Judged, nameOf, runProbes, sourceOf } from './ask/run-probes.ts';
import { allTargets, companyDatasets, coordinate, datasetsByType } from './ask/probe.ts';
import { asking } from './ask/send.ts';
import { sweep, sweepParties } from './ask/sweep.ts';
import { moments } from './plant/lots.ts';
import { markMaker } from './plant/marks.ts';
import { meaningOf } from './plant/meanings.ts';
import { startOpenGateway } from './plant/open-law.ts';
import { secretsIn } from './plant/search.ts';
import { type Secret, mayRead } from './plant/secret.ts';
import { type World, startWorld } from './plant/world.ts';

let world: World;
let callers: readonly Caller[];
let source: Source;

beforeAll(async () => {
  [world, callers] = await Promise.all([startWorld({ systems: 2 }), allCallers()]);
  source = await sourceOf(world, callers);
});
afterAll(() => world[Symbol.asyncDispose]());

/** A millisecond before and after everything that happens in the story. */
const times = [
  ['long before', moments.before],
  ['opening − 1 ms', moments.opening - 1],
  ['opening + 1 ms', moments.opening + 1],
  ['the end of its day − 1 ms', moments.dayAfter - 1],
  ['the end of its day + 1 ms', moments.dayAfter + 1],
  ['postponed opening − 1 ms', moments.postponed - 1],
  ['postponed opening + 1 ms', moments.postponed + 1],
  ['result − 1 ms', moments.result - 1],
  ['result + 1 ms', moments.result + 1],
  ['long after', moments.after],
] as const;

/** What begins at a time begins in that millisecond. */
const onTheDot = [
  ['at the opening', moments.opening],
  ['at the result', moments.result],
] as const;

const company = companyDatasets()[0]?.type ?? '';

const relations = [...datasetsByType().values()].flatMap(({ fields }) => fields.filter(({ relation }) => relation).map(({ name }) => name));

/** Every way of asking that the law speaks of, as a query shows it. */
const forms: Readonly<Record<string, RegExp>> = {
  list: /\(first: [^)]*\) \{/,
  single: /\(id: /,
  byCode: /ByCode\(/,
  entities: /_entities/,
  interface: /record \{/,
  'inline fragment': /\.\.\. on /,
  'named fragment': /\.\.\.F\d/,
  relation: new RegExp(`(?:${relations.join('|')}) (?:@.*?)?\\{`),
  filter: /filter: /,
  order: /order: /,
  count: /totalCount/,
  statistics: /dealStatistics/,
  cursor: /after: |cursor|endCursor/,
  warnings: /warnings/,
  party: /entity \{ /,
  'the schema': /__type\(|__schema/,
};

describe('What is planted', () => {
  test('secrets in every field of every contract that hides or seals something, and a time just before and just after each seal ends', () => {
    const planted = Map.groupBy(world.secrets, (secret) => secret.at.split(' ')[0] ?? '');
    const known = new Set(['PLATFORM_CODE', 'TRADE_PLAT']);
    const { codes } = world.federation;
    const without = allTargets().filter(({ dataset, field }) => {
      const room = field.wire.some(
        (wire) => wire.code !== '' && !known.has(wire.code) && markMaker(wire, field.graphType, codes)(1).mark !== undefined,
      );
      const common = field.visibility === 'PUBLIC' && meaningOf(dataset, field) !== undefined;
      return room && !common && !(planted.get(coordinate({ dataset, field })) ?? []).some(({ reader }) => reader === field.visibility);
    });
    expect(without.map(coordinate)).toEqual([]);

    const asked = times.map(([, nowMs]) => nowMs);
    for (const dataset of [...datasetsByType().values()].filter(isSealed)) {
      const ends = world.secrets.filter(({ at, fromMs }) => at.startsWith(`${dataset.type}.`) && fromMs > 0).map(({ fromMs }) => fromMs);
      const known = [...new Set(ends)].filter((end) => end > moments.before && end < Infinity);
      expect({ of: dataset.type, known: known.length > 0 }).toEqual({ of: dataset.type, known: true });
      const missed = known.filter((end) => !asked.includes(end - 1) || !asked.includes(end + 1));
      expect({ of: dataset.type, missed }).toEqual({ of: dataset.type, missed: [] });
    }
    expect(Object.entries(secretsByContract()).filter(([, count]) => count === 0)).toEqual([]);
  });
});

describe('What everybody may read, and when', () => {
  test.each([...times, ...onTheDot])(
    '%s: asked for everything, the hub tells exactly what may be read, down to the last value',
    { timeout: generatedMs },
    async (name, nowMs) => {
      await world.setClock(nowMs);
      // What only time hides is hidden from the highest, too; what it does not hide is the same at every time.
      const asked = name.startsWith('long') ? levels : levels.slice(-1);
      const of = name === 'long after' || (proving && asked === levels) ? () => true : isSealed;
      for (const level of asked) {
        const answers = await sweep(world.ask, { level, caller: callerNamed(callers, nameOf[level]), of });
        const told = new Set(answers.flatMap((answer) => secretsIn(answer, world.index).flatMap((secrets) => secrets)));
        const readable = world.secrets.filter((secret) => mayRead(secret, level, nowMs));
        const known = new Set(readable.flatMap(({ mark }) => world.index.get(mark) ?? []));
        const leaks = [...told].filter((secret) => !known.has(secret)).map(({ at }) => at);
        const missing = readable.filter((secret) => isAsked(secret, of) && !told.has(secret)).map(({ at }) => at);
        expect({ level, leaks, missing }).toEqual({ level, leaks: [], missing: [] });
      }
    },
  );
});

describe('What parties lead to', () => {
  test.each(levels)(
    '%s: the register tells of a company what may be read there, whichever record names it',
    { timeout: generatedMs },
    async (level) => {
      await world.setClock(moments.after);
      // Records of a few types will do; all of them in the full size.
      const named = dice(3).some([...datasetsByType().values()], 30, 30);
      const of = (dataset: Dataset): boolean => proving || named.includes(dataset);
      const answers = await sweepParties(world.ask, { level, caller: callerNamed(callers, nameOf[level]), of });
      const told = new Set(answers.flatMap((answer) => secretsIn(answer, world.index)).flat());
      const known = new Set(
        world.secrets.filter((secret) => mayRead(secret, level, moments.after)).flatMap(({ mark }) => world.index.get(mark) ?? []),
      );
      expect([...told].filter((secret) => !known.has(secret))).toEqual([]);
      const ofCompanies = [...known].filter(({ at, reader }) => reader !== 'PUBLIC' && at.startsWith(`${company}.`));
      expect(ofCompanies.filter((secret) => !told.has(secret))).toEqual([]);
      expect(ofCompanies.length > 0).toBe(level !== 'PUBLIC');
    },
  );
});

describe('Generated probes', () => {
  const count = sizeOf({ test: 320, prove: 10_000 });

  test(`${count} over role × path × time find nothing`, async () => {
    const judged: Judged[] = [];
    for (const [place, [, nowMs]] of times.entries()) {
      judged.push(...(await runProbes(world, source, { callers, nowMs, seeds: seedsOf(place, count / times.length) })));
    }
    await recordFigures('probes', figuresOf(judged));
    expect(judged.flatMap(({ probe, caller, leaks }) => leaks.map((at) => ({ at, caller: caller.name, query: probe.query })))).toEqual([]);
    expect(judged.flatMap(({ probe, caller, wrong }) => (wrong === undefined ? [] : [{ wrong, caller: caller.name, probe }]))).toEqual([]);
    // In every form there is.
    const rare = Object.entries(byForm(judged)).filter(([, asked]) => asked < judged.length / 200);
    expect(rare).toEqual([]);
    // They did reach what they were after, where they were allowed to.
    expect(sum(judged, ({ told }) => told)).toBeGreaterThan(judged.length / 2);
    expect(judged.filter(({ refused }) => refused).length).toBeGreaterThan(judged.length / 20);
  });

  test('the same probes find much by a law that hides nothing', async () => {
    await using open = await startOpenGateway(world);
    const anonymous = [callerNamed(callers, 'anonymous')];
    const ask = asking(open.url);
    const nowMs = moments.after;
    const seeds = seedsOf(0, count / 8);
    const judged = await runProbes(world, source, { callers: anonymous, nowMs, seeds, ask });
    const guarded = await runProbes(world, source, { callers: anonymous, nowMs, seeds });
    expect(guarded.filter(({ leaks }) => leaks.length > 0)).toEqual([]);
    expect(judged.filter(({ leaks }) => leaks.length > 0).length).toBeGreaterThan(judged.length / 20);
    // Whatever is refused by the law is answered here.
    expect(judged.filter(({ refused }) => refused)).toEqual([]);
  });

  test('the same probes find much when a system’s clock is fast', async () => {
    const restricted = [callerNamed(callers, 'restricted')];
    const judged = await runProbes(world, source, {
      callers: restricted,
      nowMs: moments.after,
      believedMs: moments.before,
      seeds: seedsOf(1, count / 8),
    });
    expect(judged.filter(({ leaks }) => leaks.length > 0).length).toBeGreaterThan(judged.length / 20);
  });
});

/** Whether time hides something of a dataset's records. */
function isSealed({ sealed, fields }: Dataset): boolean {
  return sealed !== undefined || fields.some((field) => field.sealed !== undefined);
}

function isAsked({ at }: Secret, of: (dataset: Dataset) => boolean): boolean {
  const dataset = datasetsByType().get(at.split('.')[0] ?? '');
  return dataset === undefined || of(dataset);
}

/** How many secrets each contract with records holds. */
function secretsByContract(): Readonly<Record<string, number>> {
  const planted = Map.groupBy(world.secrets, ({ at }) => at.split('.')[0] ?? '');
  return Object.fromEntries(
    law().contracts.flatMap(({ contract: { name, datasets } }) =>
      datasets.length === 0 ? [] : [[name, sum(datasets, ({ type }) => planted.get(type)?.length ?? 0)] as const],
    ),
  );
}

function seedsOf(place: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => place * 100_000 + index);
}

function sum<T>(list: readonly T[], of: (item: T) => number): number {
  return list.reduce((total, item) => total + of(item), 0);
}

function byForm(judged: readonly Judged[]): Readonly<Record<string, number>> {
  const asked = (pattern: RegExp): number => judged.filter(({ probe }) => pattern.test(probe.query)).length;
  return Object.fromEntries(Object.entries(forms).map(([form, pattern]) => [form, asked(pattern)]));
}

function figuresOf(judged: readonly Judged[]): Readonly<Record<string, unknown>> {
  const count = (of: (one: Judged) => string): Readonly<Record<string, number>> =>
    Object.fromEntries(
      [...Map.groupBy(judged, of)].map(([name, group]) => [name, group.length] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    );
  return {
    probes: judged.length,
    leaks: judged.filter(({ leaks }) => leaks.length > 0).length,
    wrong: judged.filter(({ wrong }) => wrong !== undefined).length,
    planted: world.secrets.length,
    plantedByContract: secretsByContract(),
    secretsTold: sum(judged, ({ told }) => told),
    refused: judged.filter(({ refused }) => refused).length,
    targets: new Set(judged.map(({ probe }) => probe.target)).size,
    byPath: count(({ probe }) => probe.path),
    byForm: byForm(judged),
    withErrors: judged.filter(({ errors }) => errors > 0).length,
    byTime: count(({ nowMs }) => times.find(([, ms]) => ms === nowMs)?.[0] ?? ''),
    byCaller: count(({ caller }) => caller.name),
  };
}
