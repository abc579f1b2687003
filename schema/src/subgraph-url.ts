/**
 * How the gateway reaches a contract: the url of its subgraph in the supergraph.
 * @see design/partitioning.md «Rules» 1
 */
import type { Contract } from './contract.ts';

/** Whether systems of the province answer a contract: those with records; the others are the hub's own. */
export function isHeldBySystems({ datasets }: Pick<Contract, 'datasets'>): boolean {
  return datasets.length > 0;
}

/**
 * @returns `systems:NAME` for a contract cut by rows, which all systems answer whose rows list it; `system:NAME` for a shared
 * register, which the one system answers whose row lists it; `NAME:` for one without records, which has an endpoint of the hub's.
 */
export function subgraphUrl(contract: Pick<Contract, 'name' | 'partitioned' | 'datasets'>): string {
  if (!isHeldBySystems(contract)) return `${contract.name}:`;
  return `${contract.partitioned ? 'systems' : 'system'}:${contract.name}`;
}
