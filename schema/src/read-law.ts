/**
 * Contracts from their texts: each with what its subgraph serves.
 * @see design/architecture.md «Composition»
 */
import type { Contract } from './contract.ts';
import { type SharedSdl, expandContract } from './expand-contract.ts';
import { readContract } from './read-contract.ts';

/** One contract, with what its subgraph serves. */
export interface ContractLaw {
  readonly contract: Contract;
  /** Its author's own text. */
  readonly source: string;
  /** Federation 2 SDL, composed into the supergraph. */
  readonly served: string;
}

/**
 * @param files - Texts of `schema/contracts/*.graphql`.
 * @throws HubError CONTRACT_INVALID.
 */
export function readLaw(files: readonly string[], parts: SharedSdl): readonly ContractLaw[] {
  const read = files.map((source) => ({ source, contract: readContract(source) }));
  const all = read.map(({ contract }) => contract);
  return read.map(({ source, contract }) => {
    let served: string | undefined;
    return {
      contract,
      source,
      // Most who read the law serve nothing, and expanding all of it takes half a second.
      get served() {
        return (served ??= expandContract(contract, source, { parts, stubs: stubsFor(contract, all) }));
      },
    };
  });
}

/** @returns Other contracts' record types, known by key only where a contract's records lead to «the full record». */
export function stubsFor(contract: Contract, all: readonly Contract[]): readonly string[] {
  const leadsToRecords = contract.datasets.some(({ fields }) => fields.some((field) => field.graphType === 'Record'));
  const others = all.filter((other) => other !== contract && other.partitioned);
  return leadsToRecords ? others.flatMap((other) => other.datasets.map((dataset) => dataset.type)) : [];
}
