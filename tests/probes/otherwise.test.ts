/**
 * Two provinces that differ only in what a caller may not read: hidden values, what is sealed, how much of it there is and
 * when it came. To that caller every answer is the same, byte for byte, so nothing of it is told by numbers, orders,
 * cursors, pages, statistics, warnings or errors either.
 * @see design/graph.md «Who sees what»
 */
import { describe, expect, test } from 'vitest';

import { generateQuery } from '../support/query/generate-query.ts';
import { levels } from '../support/query/law-schema.ts';
import { recordFigures } from '../support/results.ts';
import { proving, sizeOf } from '../support/sizes.ts';
import { allCallers, callerNamed } from './ask/callers.ts';
import { generateProbe } from './ask/generate-probe.ts';
import type { Operation } from './ask/operation.ts';
import { nameOf, sourceOf } from './ask/run-probes.ts';
import { type Answered, requestOf } from './ask/send.ts';
import { sweep } from './ask/sweep.ts';
import { moments } from './plant/lots.ts';
import { startWorld } from './plant/world.ts';

const times = { before: moments.before, 'between opening and result': moments.opening + 1, after: moments.after } as const;
const onlookers = levels.flatMap((level) => Object.entries(times).map(([when, nowMs]) => ({ level, when, nowMs })));
const count = sizeOf({ test: 14, prove: 800 });
const figures: Record<string, number> = {};

describe('What may not be read makes no difference', () => {
  test.each(onlookers.slice(0, proving ? onlookers.length : 1))(
    'to $level, $when',
    { timeout: 600_000 },
    async ({ level, when, nowMs }) => {
      const gateway = { cursorKey: 'the same for both, so that equal places have equal cursors' };
      await using here = await startWorld({ systems: 2, gateway });
      await using there = await startWorld({ systems: 2, gateway, otherwiseTo: { level, nowMs } });
      const callers = await allCallers();
      const caller = callerNamed(callers, nameOf[level]);
      const source = await sourceOf(here, callers);
      const union = await here.federation.union();
      await Promise.all([here.setClock(nowMs), there.setClock(nowMs)]);

      expect((await sweep(there.ask, { level, caller })).map(comparable)).toEqual(
        (await sweep(here.ask, { level, caller })).map(comparable),
      );
      const question = (seed: number): Operation =>
        seed % 2 === 0 ? generateProbe(seed, source) : generateQuery(seed, { schema: here.federation.law, union, level });
      for (let seed = 0; seed < count; seed += 1) {
        const { query, variables } = question(seed);
        const request = requestOf({ query, variables }, seed % 5 === 0 && query.length < 3000 ? 'get' : 'post');
        const [answer, otherwise] = await Promise.all([here.ask(request, caller), there.ask(request, caller)]);
        expect({ query, variables, ...comparable(otherwise) }).toEqual({ query, variables, ...comparable(answer) });
      }
      figures[`${level}, ${when}`] = count;
      await recordFigures('what-may-not-be-read', { questionsWithEqualAnswers: figures });
      // There was something to tell.
      expect(there.secrets.map(({ mark }) => mark)).not.toEqual(here.secrets.map(({ mark }) => mark));
    },
  );
});

/** Everything but the time of day. */
function comparable({ status, headers, text }: Answered): object {
  const { date: _date, ...rest } = headers;
  return { status, headers: rest, text };
}
