/**
 * The named points at which processes are killed: `fail-points.json`, read once. A step that has no name here is not killed at,
 * and the tests say so.
 */
import { readFileSync } from 'node:fs';

import { z } from 'zod';

const processes = ['journal', 'sequencer', 'puller', 'push', 'submit', 'harvest', 'system', 'gateway'] as const;
const listed = z.array(z.strictObject({ process: z.enum(processes), step: z.string() }));

/** All of them. */
export const failPoints = listed.parse(JSON.parse(readFileSync(new URL('fail-points.json', import.meta.url), 'utf8')));

/** @returns The steps of one process, in the order in which it comes to them. */
export function stepsOf(process: (typeof failPoints)[number]['process']): readonly string[] {
  return failPoints.filter((point) => point.process === process).map(({ step }) => step);
}
