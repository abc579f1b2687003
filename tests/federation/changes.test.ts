/**
 * P1 while rows come and go and systems are withdrawn and published: what keeps its place is delivered once all the same.
 * @see design/partitioning.md «Page», «Properties»
 */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { type Changes, type Notices, letThingsHappen, noticesOf, setState } from '../support/changing-rows.ts';
import { dice } from '../support/dice.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { listFaults } from '../support/list-faults.ts';
import { gatewayPages } from '../support/list-pages.ts';
import { readList } from '../support/list-reading.ts';
import { generateSchedule } from '../support/outages.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, sizeOf } from '../support/sizes.ts';
import { datasets } from '../support/union/union.ts';
import { sortedTable } from '../support/union/union-fields.ts';

const runs = sizeOf({ test: 25, prove: 800 });
/** One system has as many rows as three others: it is asked again for the same page. */
const rowsOf = (system: string): number => (system === 's00' ? 27 : 9);
let federation: Federation;
let notices: Notices;

beforeAll(async () => {
  federation = await startFederation({ province: generatedProvince(4), records: { each: rowsOf, datasets: ['BOARD_NOTICE'], seed: 5 } });
  notices = noticesOf(federation);
});
afterAll(() => federation[Symbol.asyncDispose]());

test('P1, rows that keep their place while others come, go and move are delivered once', { timeout: generatedMs }, async () => {
  const notice = datasets().get('BOARD_NOTICE');
  if (notice === undefined) throw new Error('no board');
  let [moved, retitled, withdrawn] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.nat(), async (seed) => {
      const throws = dice(seed);
      const codes = [...federation.proxies.keys()];
      const changes: Changes = { moved: new Set(), retitled: new Set(), published: new Set(codes) };
      // One system joins later, if at all.
      const [newcomer = ''] = throws.chance(0.3) ? codes.slice(-1) : [];
      if (newcomer !== '') setState(federation, changes, { system: newcomer, published: false });
      else setState(federation, changes, { system: 's00', published: true });
      const question = {
        filter: throws.pick([{}, { category: { in: ['construction'] } }]),
        order: throws.pick(['PUBLISHED_DESC', 'PUBLISHED_ASC']),
        first: 1 + throws.int(9),
      };
      const before = sortedTable(await federation.union(), notice, question);
      const reading = await readList(federation, {
        schedule: generateSchedule(throws, codes, 12),
        pages: gatewayPages(federation, question),
        meanwhile: () => letThingsHappen(federation, throws, { notices, changes }),
        healed: () =>
          codes.filter((code) => code !== newcomer).forEach((system) => setState(federation, changes, { system, published: true })),
      });
      const stayed = before.filter(
        ({ id, system }) => !changes.moved.has(id) && system.code !== newcomer && changes.published.has(system.code),
      );
      const known = [...before, ...sortedTable(await federation.union(), notice, { ...question, filter: {} })].map(({ id }) => id);
      const besides = new Set([...known, ...changes.moved]);
      expect(listFaults(reading, { table: stayed, besides })).toEqual([]);
      moved += changes.moved.size;
      retitled += changes.retitled.size;
      withdrawn += codes.length - changes.published.size;
    }),
    { numRuns: runs, seed: 20261122, endOnFailure: true },
  );
  expect({ moved: moved > runs, retitled: retitled > runs / 2, withdrawn: withdrawn > 0 }).toEqual({
    moved: true,
    retitled: true,
    withdrawn: true,
  });
  await recordFigures('p1-while-rows-change', { runs, rowsMoved: moved, rowsRetitled: retitled, failedRuns: 0 });
});
