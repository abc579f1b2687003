import { plural } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Twin, after, answersOf, before, datasetsOf, fill, openTwin } from '../testing/seal-twins.ts';
import { stopClock } from '../testing/test-clock.ts';

/** Holds everything; nothing that waits for the opening; nothing that waits for the result. */
let [whole, unopened, undecided]: (Twin | undefined)[] = [];
afterAll(async () => {
  for (const twin of [whole, unopened, undecided]) await twin?.[Symbol.asyncDispose]();
});

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
