import { type Contract, type Milestone, law, plural } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Twin, after, answersOf, before, fill, openTwin } from '../testing/seal-twins.ts';
import { stopClock } from '../testing/test-clock.ts';
import { tradingContracts } from '../testing/test-store.ts';

const contracts = law().contracts.map(({ contract }) => contract);
const [board] = contracts.filter(({ name }) => name === 'board');

/** Trades with seals of their own; what trading systems have in tests is tried in full by seal.test.ts. */
const trades = contracts.filter(
  ({ name, datasets }) =>
    !tradingContracts.includes(name) &&
    datasets.some(({ deal }) => deal !== undefined) &&
    datasets.some(({ sealed, fields }) => sealed !== undefined || fields.some((field) => field.sealed !== undefined)),
);

test('several trades seal something', () => {
  expect(trades.length).toBeGreaterThan(1);
});

describe.each(trades.map((contract): [string, Contract] => [contract.name, contract]))('%s', (_, contract) => {
  let [whole, unopened]: (Twin | undefined)[] = [];
  beforeAll(async () => {
    const own = board === undefined ? [contract] : [board, contract];
    [whole, unopened] = await Promise.all([
      openTwin(own).then((twin) => fill(twin, new Set())),
      openTwin(own).then((twin) => fill(twin, new Set(['OPENING', 'RESULT'] as const))),
    ]);
  }, 120_000);
  afterAll(async () => {
    for (const twin of [whole, unopened]) await twin?.[Symbol.asyncDispose]();
  });

  const twins = (): readonly [Twin, Twin] => {
    if (whole === undefined || unopened === undefined) throw new TypeError('not open');
    return [whole, unopened];
  };

  test('before the first opening everything answers as if nothing that is sealed were there', { timeout: 300_000 }, async () => {
    const [one, other] = twins();
    const answers = await answersOf(one, before('opening'));
    expect(answers).toEqual(await answersOf(other, before('opening')));
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([]);
  });

  test('each record, and each field, opens with its own lot', { timeout: 300_000 }, async () => {
    const [{ target, graph }] = twins();
    const sealed = contract.datasets.flatMap(({ type, sealed, fields }) => [
      ...(sealed === undefined ? [] : [{ type, until: sealed.until, select: '__typename' }]),
      ...fields.flatMap((field) =>
        field.sealed === undefined
          ? []
          : [{ type, until: field.sealed.until, select: `__typename ${field.name}${partsOf(field.graphType)}` }],
      ),
    ]);
    for (const { type, until, select } of sealed) {
      const open = async (instant: string): Promise<number> => {
        await stopClock(target.store.db, instant);
        const { data, errors } = await graph.ask(`{ page: ${plural(type)} { nodes { ${select} } } }`);
        expect(errors).toBeUndefined();
        return opened(data?.['page']);
      };
      const [first, second] = moments[until];
      expect([type, await open(before(first)), await open(after(first)), await open(after(second))]).toEqual([type, 0, 1, 2]);
    }
  });
});

const moments = { OPENING: ['opening', 'secondOpening'], RESULT: ['result', 'secondResult'] } as const satisfies Record<
  Milestone,
  readonly [string, string]
>;

function partsOf(graphType: string): string {
  return graphType === 'Money' ? ' { amount }' : '';
}

/** Rows of a page that hide nothing that was asked for. */
function opened(page: unknown): number {
  const nodes: unknown = typeof page === 'object' && page !== null && 'nodes' in page ? page.nodes : [];
  const rows: readonly unknown[] = Array.isArray(nodes) ? nodes : [];
  return rows.filter((row) => typeof row === 'object' && row !== null && !Object.values(row).includes(null)).length;
}
