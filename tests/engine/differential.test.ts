/**
 * Our engine beside the stock one, over generated supergraphs, data and operations, faults among them: the same answers.
 * @see issue 6 «Differential tests»; gateway/README.md «Where the reference is wrong»
 */
import { choiceOf, generatedSource, generateOperation, generateSupergraph, openBothEngines, type RunOperation } from '@hub/gateway/testing';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';

import { recordFigures } from '../support/results.ts';
import { proving, sizeOf } from '../support/sizes.ts';

type Outcome = Awaited<ReturnType<RunOperation>>;

const supergraphs = sizeOf({ test: 12, prove: 1_500 });
/** Over each of them. */
const operations = 20;

test('generated operations have the same answers', { timeout: 1_800_000 }, async () => {
  const counts = { compared: 0, invalid: 0, uncomposed: 0, withErrors: 0 };
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (generate) => {
      const choice = choiceOf(generate);
      const made = generateSupergraph(choice);
      if (made === undefined) return void counts.uncomposed++;
      const faults = choice.below(8);
      const sources = new Map(made.subgraphs.map((subgraph) => [subgraph.name, generatedSource(subgraph, faults)]));
      await using engines = await openBothEngines(made.supergraphSdl, sources);
      for (let count = 0; count < operations; count++) {
        const { text, variables } = generateOperation(engines.apiSchema, choice);
        if (validate(engines.apiSchema, parse(text)).length > 0) {
          counts.invalid++;
          continue;
        }
        const [ours, reference] = [await engines.ours(text, variables), await engines.reference(text, variables)];
        expect(JSON.stringify(await engines.ours(text, variables)), 'by generated code').toBe(JSON.stringify(ours));
        counts.compared++;
        if (messagesOf(reference).length > 0) counts.withErrors++;
        expect({ text, variables, data: JSON.stringify(ours.data), misplaced: misplaced(ours), errors: messagesOf(ours) }).toEqual({
          text,
          variables,
          data: JSON.stringify(reference.data),
          misplaced: [],
          errors: messagesOf(reference),
        });
      }
    }),
    { numRuns: supergraphs, ...(proving ? {} : { seed: 6 }), endOnFailure: true },
  );
  expect(counts.compared).toBeGreaterThan((supergraphs * operations) / 2);
  expect(counts.withErrors).toBeGreaterThan(0);
  if (proving) await recordFigures('engine-differential', { supergraphs, ...counts });
});

/** What failed. Where it did is looked at apart: the stock engine counts entities that it did not ask for. */
function messagesOf({ errors = [] }: Outcome): readonly string[] {
  return [...new Set(errors.map(({ message }) => message))].toSorted();
}

/** @returns Errors that are told of something that is there. */
function misplaced({ data, errors = [] }: Outcome): readonly unknown[] {
  return errors.filter(
    ({ path }) => path === undefined || path.reduce<unknown>((value, step) => (isThere(value) ? value[step] : null), data) !== null,
  );
}

function isThere(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}
