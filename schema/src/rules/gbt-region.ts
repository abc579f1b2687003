/**
 * Regions by their codes alone: province, city and county are two digits each, and a code that ends in zeros stands for the level above.
 * @see standard/identifiers.md 7 (GB/T 2260)
 */

const code = /^\d{6}/;

/** @returns Whether one region is, or lies in, another; undefined when one of the two is no region code. */
export function liesIn(region: string, within: string): boolean | undefined {
  if (!code.test(region) || !code.test(within)) return undefined;
  const [whole = ''] = /^(?:\d\d)*?(?=(?:00)*$)/.exec(within.slice(0, 6)) ?? [];
  return region.startsWith(whole);
}
