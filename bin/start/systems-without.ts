/**
 * `--without CODE[,CODE…]`: which systems are to be down, so that one can see what the graph answers then.
 * @see README «A tour»
 */
import { HubError, type Province, type SystemRow } from '@hub/schema';

/**
 * @param codes - Separated by commas; undefined: none.
 * @returns The rows of these systems.
 * @throws HubError CONFIG_INVALID for a code that no system has, naming those there are.
 */
export function systemsWithout(codes: string | undefined, { systems }: Province): readonly SystemRow[] {
  if (codes === undefined) return [];
  const wanted = new Set(codes.split(',').map((code) => code.trim()));
  const unknown = [...wanted].filter((code) => !systems.some((system) => system.code === code));
  if (unknown.length === 0) return systems.filter(({ code }) => wanted.has(code));
  const known = systems.map(({ code }) => code).join(', ');
  throw new HubError('CONFIG_INVALID', {
    zh: `选项 --without：没有代码为「${unknown.join('、')}」的交易系统。现有：${known}。`,
    en: `Option --without: there is no trading system «${unknown.join(', ')}». Known: ${known}.`,
  });
}
