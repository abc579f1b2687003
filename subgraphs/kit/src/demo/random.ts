/**
 * Reproducible chance: the same seed gives the same sequence on every machine. Small and fast, not for secrets.
 * @see sfc32 (PractRand, C. Doty-Humphrey); FNV-1a for the seed
 */

/** A source of chance that only its seed decides. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** True in this share of calls. */
  chance(share: number): boolean;
  /** One item; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** That many different items, or all of them when there are fewer, in random order. */
  some<T>(list: readonly T[], count: number): readonly T[];
  /** Lower-case hexadecimal digits. */
  hex(length: number): string;
}

/** @returns A source for this seed; sources of different seeds are independent, so one item never moves another. */
export function randomFrom(seed: string): Random {
  const step = sfc32(seed);
  const next = (): number => step() / 0x1_0000_0000;
  const whole = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const item = list[whole(0, list.length - 1)];
    if (item === undefined) throw new RangeError('Nothing to pick from.');
    return item;
  };
  const some = <T>(list: readonly T[], count: number): readonly T[] => {
    const rest = [...list];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0) taken.push(...rest.splice(whole(0, rest.length - 1), 1));
    return taken;
  };
  const hex = (length: number): string => Array.from({ length }, () => whole(0, 15).toString(16)).join('');
  return { next, whole, chance: (share) => next() < share, pick, some, hex };
}

function sfc32(seed: string): () => number {
  let [a, b, c, counter] = [hash(seed, 1), hash(seed, 2), hash(seed, 3), 1];
  const step = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  // The first outputs still show the seed.
  for (let round = 0; round < 12; round++) step();
  return step;
}

/** FNV-1a over UTF-16 units, salted. */
function hash(text: string, salt: number): number {
  let value = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b1);
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value | 0;
}
