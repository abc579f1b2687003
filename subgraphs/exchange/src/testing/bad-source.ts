/**
 * A source that answers wrongly for a while, and the harvest of it, question by question.
 */
import { createSigner, createSigningKey, systemClock } from '@hub/kit/process';

import { openConnections } from '../harvest/ask-system.ts';
import { openSource, type Source } from '../harvest/follow-source.ts';
import { SourceFault } from '../harvest/source-faults.ts';
import { type HarvestLimits, type HarvestParts, usualLimits } from '../harvest/source-parts.ts';
import { openTurns } from '../harvest/turns.ts';

import { memoryJournal, type MemoryJournal } from './memory-journal.ts';

/** Parts of a harvest whose journal is in memory. */
export interface TestParts extends HarvestParts, AsyncDisposable {
  readonly journal: MemoryJournal;
}

/** Small and quick. */
export const testLimits: HarvestLimits = {
  ...usualLimits,
  waitMs: 0,
  headMs: 400,
  bodyMs: 400,
  segmentMs: 3_000,
  maxBytes: 65_536,
  first: 3,
};

/** @param limits - Other than those of tests. */
export function testParts(limits: Partial<HarvestLimits> = {}): TestParts {
  const dispatcher = openConnections((_name, _options, callback) => callback(new Error('names are not looked up'), []));
  return {
    line: { dispatcher, signer: createSigner({ key: createSigningKey(), issuer: 'exchange' }), reach: { loopback: true } },
    journal: memoryJournal(),
    limits: { ...testLimits, ...limits },
    large: openTurns(2),
    work: openTurns(2),
    clock: systemClock,
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  };
}

/**
 * Puts questions until the source was taken through a position.
 * @returns Codes of the faults on the way.
 */
export async function takeThrough(source: Source, journal: MemoryJournal, { system, position }: Through): Promise<readonly string[]> {
  const faults: string[] = [];
  const { signal } = new AbortController();
  for (let asked = 0; asked < 40 && ((await journal.read(system))?.position ?? 0) < position; asked++) {
    try {
      await source.step(signal);
    } catch (cause) {
      if (!(cause instanceof SourceFault)) throw cause;
      faults.push(cause.code);
    }
  }
  return faults;
}

/** How far. */
export interface Through {
  readonly system: string;
  readonly position: number;
}

/** @returns A source of these parts. */
export function sourceAt(parts: HarvestParts, system: string, url: string): Source {
  return openSource(parts, { code: system, url });
}
