/**
 * One record that is altered, left out, too many or swapped is named in four calls and 100 KB, of 20,000 as of 1,000,000.
 * @see design/feed.md 9; schema/PROTOCOL.md «Proof»
 */
import { type Comparison, findDifferences, inclusionHolds, openNode, proveInclusion, rangeRoot } from '@hub/schema';
import { type ToyEntry, toyLine } from '@hub/verifier/testing';
import { beforeAll, describe, expect, test } from 'vitest';

import { type Faults, sideOf, stream } from '../support/proof-entries.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, sizeOf } from '../support/sizes.ts';

const count = sizeOf({ test: 20_000, prove: 1_000_000 });
const range = { from: 1, to: count };
const hub = sideOf();
const good = (position: number): ToyEntry => ({ position });
const [one, other] = [Math.floor(count * 0.37), Math.floor(count * 0.81)];

interface Case {
  readonly what: string;
  readonly faults: Faults;
  /** Kind, position there, position here. */
  readonly found: readonly (readonly [string, number | undefined, number | undefined])[];
}

const cases: readonly Case[] = [
  { what: 'altered', faults: new Map([[one, [{ ...good(one), word: 'another' }]]]), found: [['ALTERED', one, one]] },
  { what: 'dropped', faults: new Map([[one, []]]), found: [['MISSING', one, undefined]] },
  { what: 'added', faults: new Map([[one, [good(one), { ...good(one), record: count + 7 }]]]), found: [['ADDED', undefined, one]] },
  {
    what: 'put in place of another',
    faults: new Map([[one, [{ ...good(one), record: count + 7 }]]]),
    found: [
      ['MISSING', one, undefined],
      ['ADDED', undefined, one],
    ],
  },
  {
    what: 'swapped with one far away',
    faults: new Map([
      [one, [{ ...good(one), record: other }]],
      [other, [{ ...good(other), record: one }]],
    ]),
    found: [
      ['MOVED', one, other],
      ['MOVED', other, one],
    ],
  },
  {
    what: 'swapped with its neighbour',
    faults: new Map([
      [one, [{ ...good(one), record: one + 1 }]],
      [one + 1, [{ ...good(one + 1), record: one }]],
    ]),
    found: [
      ['MOVED', one, one + 1],
      ['MOVED', one + 1, one],
    ],
  },
];

const measured: Record<string, { readonly calls: number; readonly bytes: number }> = {};
let root = '';
beforeAll(async () => void (root = (await rangeRoot(hub, range)).toString('hex')), generatedMs);

describe(`One record of ${count}`, () => {
  test.each(cases)(
    '$what is named in four calls and 100 KB, the one for the root among them',
    async ({ what, faults, found }) => {
      const { comparison, bytes } = await compare(faults);
      expect(comparison.complete).toBe(true);
      const named = comparison.differences.map(({ kind, theirs, ours }) => [kind, theirs?.position, ours?.position]);
      expect(named.toSorted(byText)).toEqual(found.toSorted(byText));
      expect(comparison.calls + 1).toBeLessThanOrEqual(4);
      expect(bytes).toBeLessThanOrEqual(100_000);
      measured[what] = { calls: comparison.calls + 1, bytes };
      await recordFigures('one-record-in-many', { records: count, found: measured });
    },
    generatedMs,
  );

  test('sides that are the same need no call after the root', async () => {
    expect(await compare(new Map())).toEqual({ comparison: { differences: [], calls: 0, complete: true }, bytes: 0 });
  });

  test('who lies about what lies below a root is not believed', async () => {
    const lying = findDifferences(sideOf(new Map([[one, []]])), {
      theirs: { ...range, root },
      ask: async (nodes) => {
        const opened = await Promise.all(nodes.map((node) => openNode(hub, node)));
        return opened.map((node) => ({
          ...node,
          ranges: node.ranges?.map((below, at) => (at === 0 ? { ...below, root: '0'.repeat(64) } : below)) ?? [],
        }));
      },
    });
    await expect(lying).rejects.toMatchObject({ code: 'SYSTEM_FAILED' });
  });
});

describe('Inclusion', () => {
  test.each([1, one, count])(
    'entry %i is proved by its line and some twenty hashes; another line is not',
    async (position) => {
      const proof = await proveInclusion(hub, range, position);
      if (proof === undefined) throw new Error('no proof');
      const line = toyLine(good(position));
      const statement = { stream, ...range, root };
      const holds = (other: Partial<typeof statement>, changed: Partial<typeof proof> = {}, said = line): boolean =>
        inclusionHolds({ ...proof, ...changed }, { line: said, statement: { ...statement, ...other } });
      expect(holds({})).toBe(true);
      expect(JSON.stringify(proof).length).toBeLessThan(3_000);
      const lines = [{ ...good(position), word: 'another' }, good(position === 1 ? 2 : 1)].map(toyLine);
      expect([...lines, Buffer.from(`${line.toString()} `)].map((other) => holds({}, {}, other))).toEqual([false, false, false]);
      const statements = [{ stream: 'toy-west' }, { root: '0'.repeat(64) }, { to: count + 1 }];
      expect(statements.map((other) => holds(other))).toEqual([false, false, false]);
      const proofs = [{ to: count + 1 }, { keySteps: proof.keySteps.slice(1) }, { pieceSteps: [] }];
      expect(proofs.map((other) => holds({}, other))).toEqual([false, false, false]);
    },
    generatedMs,
  );

  test('what is not there is not proved', async () => expect(await proveInclusion(hub, range, count + 1)).toBeUndefined(), generatedMs);
});

async function compare(faults: Faults): Promise<{ readonly comparison: Comparison; readonly bytes: number }> {
  let bytes = 0;
  const comparison = await findDifferences(sideOf(faults), {
    theirs: { ...range, root },
    ask: async (nodes) => {
      const answer = await Promise.all(nodes.map((node) => openNode(hub, node)));
      bytes += Buffer.byteLength(JSON.stringify(nodes)) + Buffer.byteLength(JSON.stringify(answer));
      return answer;
    },
  });
  return { comparison, bytes };
}

function byText(left: readonly unknown[], right: readonly unknown[]): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}
