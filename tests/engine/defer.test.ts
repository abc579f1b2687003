/**
 * Operations with `@defer` over generated supergraphs: all parts together say what the same operation says at once.
 * @see gateway/README.md «@defer»
 */
import {
  choiceOf,
  createWorld,
  deferSome,
  generatedSource,
  generateOperation,
  generateSupergraph,
  mergeParts,
  openBothEngines,
} from '@hub/gateway/testing';
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';

import { generatedMs, proving, sizeOf } from '../support/sizes.ts';

const supergraphs = sizeOf({ test: 3, prove: 150 });
/** Over each of them. */
const operations = 20;

test('all parts of an answer together are the answer', { timeout: generatedMs }, async () => {
  const counts = { compared: 0, payloads: 0, nulls: 0, withErrors: 0 };
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (generate) => {
      const choice = choiceOf(generate);
      const made = generateSupergraph(choice);
      if (made === undefined) return;
      const world = createWorld(choice);
      const sources = new Map(made.subgraphs.map((subgraph) => [subgraph.name, generatedSource(subgraph, world)]));
      await using engines = await openBothEngines(made.supergraphSdl, sources);
      for (let count = 0; count < operations; count++) {
        const { text: whole, variables } = generateOperation(engines.apiSchema, choice);
        const text = deferSome(whole, choice);
        if (validate(engines.apiSchema, parse(text)).length > 0) continue;
        const [atOnce, parts] = [await engines.ours(whole, variables), await engines.inParts(text, variables)];
        if (parts === undefined) continue;
        const { data, messages, payloads, nulls } = await mergeParts(parts);
        counts.compared++;
        counts.payloads += payloads;
        counts.nulls += nulls;
        if (messages.length > 0) counts.withErrors++;
        // A null that stays in its fragment leaves more of the rest.
        if (nulls > 0) continue;
        const told = (atOnce.errors ?? []).map(({ message }) => message);
        // What would stand below a null is not asked for.
        const untold = messages.filter((message) => !told.includes(message));
        expect({ text, variables, data, untold }).toEqual({ text, variables, data: atOnce.data, untold: [] });
      }
    }),
    { numRuns: supergraphs, ...(proving ? {} : { seed: 1 }), endOnFailure: true },
  );
  expect(counts.compared).toBeGreaterThan(supergraphs * 2);
  expect(counts.payloads).toBeGreaterThan(counts.compared);
  // In a small run nothing may fail.
  expect(proving ? [counts.nulls, counts.withErrors] : []).not.toContain(0);
});
