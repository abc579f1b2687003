/**
 * Reproducible choices for generated cases: one seed, one sequence, on every machine.
 */

/** Chance, as generators use it. */
export interface Dice {
  /** @returns A whole number from 0 to `below` − 1. */
  int(below: number): number;
  /** @param share - Between 0 (never) and 1 (always). */
  chance(share: number): boolean;
  /** @returns One of the list. @throws RangeError when it is empty. */
  pick<T>(list: readonly T[]): T;
  /** @returns Between `least` and `most` different members, in the list's order. */
  some<T>(list: readonly T[], least: number, most: number): readonly T[];
  /** @returns The list in another order. */
  shuffle<T>(list: readonly T[]): readonly T[];
}

/** @returns Dice that always fall the same way for one seed (the generator «mulberry32»). */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const shuffle = <T>(list: readonly T[]): readonly T[] => {
    const rest = [...list];
    return list.flatMap(() => rest.splice(int(rest.length), 1));
  };
  return {
    int,
    shuffle,
    chance: (share) => next() < share,
    pick<T>(list: readonly T[]): T {
      const place = int(list.length);
      for (const [index, item] of list.entries()) if (index === place) return item;
      throw new RangeError('nothing to pick from');
    },
    some<T>(list: readonly T[], least: number, most: number): readonly T[] {
      const count = Math.min(list.length, least + int(most - least + 1));
      const chosen = new Set(shuffle([...list.keys()]).slice(0, count));
      return list.filter((_, index) => chosen.has(index));
    },
  };
}
