/**
 * Generated schedules of outages: at each page some systems fail in some way, some come back, and in the end all are well.
 * @see design/partitioning.md P1
 */
import type { Dice } from './dice.ts';
import { type Garbage, type Spoiled, type TrueAnswer, garbage, spoiledRecords, spoiledRows, spoiledValues } from './garbage.ts';
import type { SystemProxy, Behaviour } from './system-proxy.ts';

/** How systems behave from one page on; the others go on as they were. */
export interface Step {
  readonly behaviours: ReadonlyMap<string, Behaviour>;
  /** How far the gateway's clock moves before the page. */
  readonly advanceMs: number;
}

/** One run's outages. */
export type Schedule = readonly Step[];

// Bodies beyond all limits and held requests have tests of their own: here they would only cost time.
const { bodyTooLarge: _, headerOfAMegabyte: __, ...quick } = garbage;
const faults: readonly Behaviour[] = [
  'refused',
  'refused',
  'refused',
  'stuck',
  onlyTheFirst,
  ...Object.values({ ...quick, ...spoiledValues, ...spoiledRecords, ...spoiledRows }),
];

/** @returns Up to `steps` steps for these systems, each with a way to fail of its own. */
export function generateSchedule(throws: Dice, systems: readonly string[], steps: number): Schedule {
  const share = throws.pick([0.1, 0.3, 0.6]);
  return Array.from({ length: 1 + throws.int(steps) }, () => ({
    behaviours: new Map(
      systems
        .filter(() => throws.chance(0.5))
        .map((system): [string, Behaviour] => [system, throws.chance(share) ? faultOf(throws) : 'healthy']),
    ),
    advanceMs: throws.pick([0, 400, 1000, 10_000]),
  }));
}

function faultOf(throws: Dice): Behaviour {
  return throws.chance(0.15) ? everySecond() : throws.pick(faults);
}

/** Answers every second request only: whoever asks twice for one page gets half of what it wants. */
function everySecond(): Garbage {
  let asked = 0;
  return (answer) => (asked++ % 2 === 0 ? { body: answer.text } : garbage.html());
}

/** Answers for the beginning of the list only. */
function onlyTheFirst({ request, text }: TrueAnswer): Spoiled {
  return /"\w*after":null/.test(request) ? { body: text } : garbage.html();
}

/** Makes the systems behave so. */
export async function apply({ behaviours }: Step, proxies: ReadonlyMap<string, SystemProxy>): Promise<void> {
  for (const [system, behaviour] of behaviours) await proxies.get(system)?.behave(behaviour);
}
