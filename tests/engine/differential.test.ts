/**
 * Our engine over generated supergraphs, data and operations, faults among them: the answers of the specification, and those of the
 * stock engine, except where that is known to be wrong.
 * @see issue 6 «Differential tests»; gateway/README.md «Where the reference is wrong»
 */
import { choiceOf } from '@hub/gateway/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { recordFigures } from '../support/results.ts';
import { generatedMs, proving, sizeOf } from '../support/sizes.ts';
import { Comparison } from './comparison.ts';

const supergraphs = sizeOf({ test: 8, prove: 280 });
/** Over each of them; some are not valid. */
const operations = sizeOf({ test: 20, prove: 85 });
const least = sizeOf({ test: 60, prove: 20_000 });

/** What need not come in a small run: less than one operation in twenty has it. */
const rare: ReadonlySet<string> = new Set([
  'a type that clients do not see',
  'a type that does not exist',
  'a value of a wrong type',
  'the response key __proto__',
  'the response key constructor',
]);

test('generated operations have the same answers', { timeout: generatedMs }, async () => {
  const seed = proving ? Math.trunc(performance.timeOrigin % 2 ** 31) : 9;
  const comparison = new Comparison(operations);
  const seconds = await watched(comparison, seed, async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), (generate) => comparison.over(choiceOf(generate))),
      { numRuns: supergraphs, seed, endOnFailure: true },
    );
  });
  const { counts, differences, ingredients, wrong } = comparison;
  expect(wrong).toEqual([]);
  expect(counts.compared).toBeGreaterThan(least);
  expect(counts.bySpecification).toBeGreaterThan(counts.compared / 2);
  expect(ingredients.missing.filter((name) => proving || !rare.has(name))).toEqual([]);
  await recordFigures('engine-differential', { seconds, seed, ...counts, differences, met: ingredients.counts });
});

/** @returns How long it took, s; told each second where it takes long. */
async function watched({ counts, wrong }: Comparison, seed: number, run: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  const secondsSince = (): number => Math.round((performance.now() - startedMs) / 1_000);
  const told = setInterval(() => {
    if (proving) process.stderr.write(`${secondsSince()} s ${JSON.stringify({ seed, ...counts, wrong: wrong.length })}\n`);
  }, 1_000);
  try {
    await run();
    return secondsSince();
  } finally {
    clearInterval(told);
  }
}
