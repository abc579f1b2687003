/**
 * Numbers for marks. Two worlds that count alike give a secret the same number, unless it is to be another one to an
 * onlooker who may not read it.
 */
import type { Level } from '../../support/query/law-schema.ts';
import { type Secret, mayRead } from './secret.ts';

/** To whom another world must look the same. */
export interface Onlooker {
  readonly level: Level;
  readonly nowMs: number;
}

type Readable = Pick<Secret, 'reader' | 'fromMs'>;

/** Counts the marks of one system. */
export interface Numbering {
  next(readable: Readable): number;
  /** @returns The same number each time: for what several records have in common. */
  shared(place: number, readable: Readable): number;
  /** Whether what is readable so is otherwise in this world. */
  isOtherwise(readable: Readable): boolean;
}

const perSystem = 50_000;
const forShared = 5000;
// Odd, so that yes becomes no.
const otherwise = 300_001;

/** @param place - Place of the system in the province. */
export function numberingOf(place: number, otherwiseTo: Onlooker | undefined): Numbering {
  const first = place * perSystem;
  let count = 0;
  const isOtherwise = (readable: Readable): boolean =>
    otherwiseTo !== undefined && !mayRead({ mark: '', found: 'mark', at: '', ...readable }, otherwiseTo.level, otherwiseTo.nowMs);
  const numbered = (number: number, readable: Readable): number => first + number + (isOtherwise(readable) ? otherwise : 0);
  return {
    isOtherwise,
    next(readable) {
      count += 1;
      if (count >= perSystem - forShared) throw new RangeError('more secrets than numbers');
      return numbered(count, readable);
    },
    shared: (one, readable) => numbered(perSystem - forShared + one, readable),
  };
}
