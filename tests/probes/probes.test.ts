/**
 * Nothing hidden or sealed is readable by any path, by anybody, at any time: generated probes over role × path × time, over
 * real HTTP, against values that are found wherever they turn up.
 * @see design/graph.md «Who sees what»
 */
import { writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startGateway } from '@hub/gateway';
import { createLog } from '@hub/kit/process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type Level, levels } from '../support/query/law-schema.ts';
import { supergraphFile } from '../support/federation.ts';
import { recordFigures } from '../support/results.ts';
import { sizeOf } from '../support/sizes.ts';
import { type Caller, allCallers, callerNamed } from './ask/callers.ts';
import type { Source } from './ask/generate-probe.ts';
import { type Judged, runProbes, sourceOf } from './ask/run-probes.ts';
import { requestOf } from './ask/send.ts';
import { sweep } from './ask/sweep.ts';
import { moments } from './plant/lots.ts';
import { secretsIn } from './plant/search.ts';
import { mayRead } from './plant/secret.ts';
import { type World, asking, startWorld } from './plant/world.ts';

let world: World;
let callers: readonly Caller[];
let source: Source;

beforeAll(async () => {
  [world, callers] = await Promise.all([startWorld({ systems: 2 }), allCallers()]);
  source = await sourceOf(world, callers);
});
afterAll(() => world[Symbol.asyncDispose]());

/** A millisecond before and after everything that happens in the story. */
const times: Readonly<Record<string, number>> = {
  'long before': moments.before,
  'opening − 1 ms': moments.opening - 1,
  'opening + 1 ms': moments.opening + 1,
  'postponed opening − 1 ms': moments.postponed - 1,
  'postponed opening + 1 ms': moments.postponed + 1,
  'result − 1 ms': moments.result - 1,
  'result + 1 ms': moments.result + 1,
  'long after': moments.after,
};

const nameOf: Readonly<Record<Level, string>> = { PUBLIC: 'anonymous', GOVERNMENT: 'government', RESTRICTED: 'restricted' };

describe('What everybody may read, and when', () => {
  test.each(Object.entries(times))('%s: each level is told exactly what it may read, down to the last value', async (_name, nowMs) => {
    await world.setClock(nowMs);
    for (const level of levels) {
      const told = new Set(await toldTo(level));
      const wrongly = world.secrets.filter((secret) => told.has(secret.mark) && !mayBeTold(secret.mark, level, nowMs)).map(({ at }) => at);
      const missing = world.secrets.filter((secret) => !told.has(secret.mark) && mayRead(secret, level, nowMs)).map(({ at }) => at);
      expect({ level, wrongly, missing }).toEqual({ level, wrongly: [], missing: [] });
    }
  });
});

async function toldTo(level: Level): Promise<readonly string[]> {
  const answers = await sweep(world, level, callerNamed(callers, nameOf[level]));
  return answers.flatMap((answer) => secretsIn(answer, world.index).flatMap(([secret]) => secret?.mark ?? []));
}

function mayBeTold(mark: string, level: Level, nowMs: number): boolean {
  return (world.index.get(mark) ?? []).some((secret) => mayRead(secret, level, nowMs));
}
