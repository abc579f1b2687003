import { type Dataset, plural } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { questionsOf } from '../testing/questions.ts';
import { type Story, fullRecord } from '../testing/full-record.ts';
import { stopClock } from '../testing/test-clock.ts';
import { type Answer, type TestGraph, serveTestGraph } from '../testing/test-graph.ts';
import { accept } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';
import type { Incoming } from '../write/accept-records.ts';

import type { SystemStore } from './context.ts';

/** A database of its own with one system: the twins' systems have the same code, so their answers can be compared whole. */
interface Twin extends AsyncDisposable {
  readonly opened: TestStore;
  readonly target: SystemStore;
  readonly graph: TestGraph;
}

async function openTwin(): Promise<Twin> {
  const opened = await openTestStore();
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

/** Holds everything; nothing that waits for the opening; nothing that waits for the result. */
let [whole, unopened, undecided]: (Twin | undefined)[] = [];
afterAll(async () => {
  for (const twin of [whole, unopened, undecided]) await twin?.[Symbol.asyncDispose]();
});

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
const before = (moment: keyof typeof moments): string => new Date(Date.parse(`${moments[moment]}Z`) - 1).toISOString();
const after = (moment: keyof typeof moments): string => new Date(Date.parse(`${moments[moment]}Z`) + 1).toISOString();

function datasetsOf({ target }: Twin): readonly Dataset[] {
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
    const fields = Object.fromEntries(hidden.flatMap(({ wire }) => wire.map(({ code }) => [code, '别的内容'])));
    return lots.map((_, place) => fullRecord(dataset, `K${place}`, { codes, ...story(place), fields }));
  });
}

async function fill(twin: Twin, sealed: Seals): Promise<Twin> {
  const all = records(twin, sealed);
  // What is sealed comes later: were its time of receipt to show anywhere, the twins would differ.
  const [late, early] = [true, false].map((wanted) =>
    all.filter(({ record }) => (twin.target.store.byCode.get(record.dataset)?.dataset.sealed !== undefined) === wanted),
  );
  const answers = [...(await accept(twin.target, early ?? [])), ...(await accept(twin.target, late ?? [], '2026-11-02T00:00:00.000000Z'))];
  expect(
    answers.flatMap(({ refusals, incoming }) => refusals.map(({ rule, field }) => `${incoming.record.dataset} ${rule} ${field}`)),
  ).toEqual([]);
  return twin;
}

beforeAll(async () => {
  [whole, unopened, undecided] = await Promise.all([
    openTwin().then((twin) => fill(twin, new Set())),
    openTwin().then((twin) => fill(twin, new Set(['OPENING', 'RESULT'] as const))),
    openTwin().then((twin) => fill(twin, new Set(['RESULT'] as const))),
  ]);
}, 120_000);

function twins(): { readonly whole: Twin; readonly unopened: Twin; readonly undecided: Twin } {
  if (whole === undefined || unopened === undefined || undecided === undefined) throw new TypeError('not open');
  return { whole, unopened, undecided };
}

async function answersOf(twin: Twin, instant: string): Promise<readonly (Answer & { readonly query: string })[]> {
  await stopClock(twin.target.store.db, instant);
  const answers: (Answer & { readonly query: string })[] = [];
  for (const { query, variables } of questionsOf(twin.target, twin.graph.schema, ['K0', 'K1']))
    answers.push({
      query: `${query.slice(0, 200)} ${JSON.stringify(variables).slice(0, 200)}`,
      ...(await twin.graph.ask(query, variables)),
    });
  return answers;
}

describe('graph.md «Who sees what»: a sealed record or field changes no answer', () => {
  test('before the first opening everything answers as if nothing that waits for it were there', { timeout: 300_000 }, async () => {
    const { whole, unopened } = twins();
    const instant = before('opening');
    const answers = await answersOf(whole, instant);
    expect(answers).toEqual(await answersOf(unopened, instant));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
  });

  test('between opening and result, as if nothing that waits for the result were there', { timeout: 300_000 }, async () => {
    const { whole, undecided } = twins();
    for (const instant of [after('opening'), before('result')]) {
      const answers = await answersOf(whole, instant);
      expect(answers).toEqual(await answersOf(undecided, instant));
      expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    }
  });

  /** The different counts that the sealed datasets show, and how many rows they list. */
  const counts = async (twin: Twin, until: 'OPENING' | 'RESULT', instant: string): Promise<readonly string[]> => {
    await stopClock(twin.target.store.db, instant);
    const sealed = datasetsOf(twin).filter((dataset) => dataset.sealed?.until === until);
    const shown: string[] = [];
    for (const { type } of sealed) {
      const { data } = await twin.graph.ask(`{ page: ${plural(type)} { totalCount nodes { __typename } } }`);
      shown.push(JSON.stringify(data?.['page']).replaceAll(type, 'T'));
    }
    return [...new Set(shown)];
  };

  test.each([
    ['OPENING', before('opening'), 0],
    ['OPENING', after('opening'), 1],
    ['OPENING', before('secondOpening'), 1],
    ['OPENING', after('secondOpening'), 2],
    ['RESULT', before('result'), 0],
    ['RESULT', after('result'), 1],
    ['RESULT', before('secondResult'), 1],
    ['RESULT', after('secondResult'), 2],
  ] as const)('all that waits for %s: at %s of each dataset %d', async (until, instant, count) => {
    expect(await counts(twins().whole, until, instant)).toEqual([
      JSON.stringify({ totalCount: count, nodes: Array.from({ length: count }, () => ({ __typename: 'T' })) }),
    ]);
  });

  test('sealed fields open with their lot', async () => {
    const { whole } = twins();
    const ask = async (instant: string): Promise<unknown> => {
      await stopClock(whole.target.store.db, instant);
      const { data } = await whole.graph.ask(`{
        bidOpenings(order: OPENED_ASC) { nodes { participants content } }
        prequalificationResults(order: RECEIVED_ASC) { nodes { passedApplicants } }
        evaluationReports(order: RECEIVED_ASC) { nodes { content } }
        deals(order: RECEIVED_ASC) { nodes { bidderCount } }
        dealStatistics(by: []) { groups { deals bidders } }
      }`);
      return data;
    };
    const told = (place: number, code: string): string => `K${place}的${code}`;
    const opening = (place: number) => ({ participants: told(place, 'BID_OPENING_ACTOR'), content: told(place, 'BID_OPENING_CONTENT') });
    const closed = { participants: null, content: null };
    expect(await ask(before('opening'))).toMatchObject({
      bidOpenings: { nodes: [closed, closed] },
      prequalificationResults: { nodes: [{ passedApplicants: null }, { passedApplicants: null }] },
      evaluationReports: { nodes: [{ content: null }, { content: null }] },
      deals: { nodes: [{ bidderCount: null }, { bidderCount: null }] },
      dealStatistics: { groups: [{ deals: 2, bidders: null }] },
    });
    expect(await ask(after('opening'))).toMatchObject({
      bidOpenings: { nodes: [opening(0), closed] },
      prequalificationResults: { nodes: [{ passedApplicants: told(0, 'PASSED_APPLICANT_LIST') }, { passedApplicants: null }] },
      evaluationReports: { nodes: [{ content: null }, { content: null }] },
      deals: { nodes: [{ bidderCount: 1 }, { bidderCount: null }] },
      dealStatistics: { groups: [{ deals: 2, bidders: 1 }] },
    });
    expect(await ask(after('secondResult'))).toMatchObject({
      bidOpenings: { nodes: [opening(0), opening(1)] },
      evaluationReports: { nodes: [{ content: told(0, 'EVALUATION_CONTENT') }, { content: told(1, 'EVALUATION_CONTENT') }] },
      deals: { nodes: [{ bidderCount: 1 }, { bidderCount: 1 }] },
      dealStatistics: { groups: [{ deals: 2, bidders: 2 }] },
    });
  });
});
