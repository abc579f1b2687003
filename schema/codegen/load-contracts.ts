/**
 * Reads the contract files and expands them: the one place where the law's files become subgraphs.
 * @see design/architecture.md «Layout»
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Contract } from '../src/contract.ts';
import { expandContract } from '../src/expand-contract.ts';
import { readContract } from '../src/read-contract.ts';

import type { Subgraph } from './compose-supergraph.ts';

/** A contract with its own text and what is served. */
export interface LoadedContract extends Subgraph {
  readonly contract: Contract;
  readonly source: string;
}

const schemaFolder = fileURLToPath(new URL('..', import.meta.url));

/** @returns All contracts, expanded, by name. */
export function loadContracts(): readonly LoadedContract[] {
  const folder = `${schemaFolder}contracts/`;
  const parts = {
    directives: readFileSync(`${schemaFolder}directives.graphql`, 'utf8'),
    shared: readFileSync(`${schemaFolder}shared.graphql`, 'utf8'),
  };
  const read = readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .toSorted()
    .map((file) => readFileSync(`${folder}${file}`, 'utf8'))
    .map((source) => ({ source, contract: readContract(source) }));
  return read.map(({ source, contract }) => ({
    source,
    contract,
    name: contract.name,
    url: `${contract.partitioned ? 'systems' : 'registry'}:${contract.partitioned ? contract.name : ''}`,
    sdl: expandContract(contract, source, { parts, stubs: stubsFor(contract, read.map((other) => other.contract)) }),
  }));
}

/** A contract whose records lead to «the full record» needs to know every other contract's record types by key. */
function stubsFor(contract: Contract, all: readonly Contract[]): readonly string[] {
  const leadsToRecords = contract.datasets.some((dataset) => dataset.fields.some((field) => field.graphType === 'Record'));
  return leadsToRecords
    ? all.filter((other) => other !== contract && other.partitioned).flatMap((other) => other.datasets.map((dataset) => dataset.type))
    : [];
}
