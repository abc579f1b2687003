/**
 * Choices that a property test makes on its way, and makes again when it looks for a smaller case.
 */
import fc from 'fast-check';

/** Makes choices. */
export interface Choice {
  /** @returns A number from 0 to `below - 1`. */
  below(below: number): number;
  /** @returns True so many times in a hundred. */
  chance(percent: number): boolean;
  one<T>(from: readonly T[]): T;
  some<T>(from: readonly T[], percent: number): readonly T[];
}

/** Each as likely as the next: by itself fast-check prefers the first and the last. */
const upTo = (max: number): fc.Arbitrary<number> => fc.noBias(fc.nat({ max }));

/** @returns Choices out of fast-check's generator. */
export function choiceOf(generate: fc.GeneratorValue): Choice {
  const below = (most: number): number => generate(upTo, most - 1);
  const chance = (percent: number): boolean => below(100) < percent;
  return {
    below,
    chance,
    one(from) {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new RangeError('nothing to choose from');
      return chosen;
    },
    some: (from, percent) => from.filter(() => chance(percent)),
  };
}
