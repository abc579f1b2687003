/**
 * Resolver of `dealStatistics`: the system's own groups, with labels.
 * @see design/graph.md «Sketch»
 */
import type { Dataset } from '@hub/schema';

import type { Filter } from '../read/filter.ts';
import { type DealDimension, dealStatistics } from '../read/statistics.ts';

import type { SystemContext } from './context.ts';
import { ownCoverage } from './coverage.ts';

const listOf: Readonly<Partial<Record<DealDimension, string>>> = {
  CATEGORY: 'CATEGORY',
  STATE: 'DEAL_STATE',
  REGION: 'REGION',
  TRADING_PLACE: 'REGION',
};

/** What a client asks. */
interface Arguments {
  readonly filter: Filter | null | undefined;
  readonly by: readonly DealDimension[];
}

/** @returns All groups of this system. */
export async function resolveStatistics(
  deal: Dataset,
  { filter, by }: Arguments,
  { read, system, codes }: SystemContext,
): Promise<unknown> {
  const groups = await read((db) => dealStatistics(db, deal, { system: system.code, filter, by }));
  const label = (dimension: DealDimension | undefined, code: string): string | null => {
    if (dimension === 'SYSTEM') return system.name;
    const list = dimension === undefined ? undefined : listOf[dimension];
    return (list === undefined ? undefined : codes.label(list, code)) ?? null;
  };
  return {
    groups: groups.map((group) => ({ ...group, key: group.key.map((code, place) => ({ code, label: label(by[place], code) })) })),
    coverage: ownCoverage(system),
  };
}
