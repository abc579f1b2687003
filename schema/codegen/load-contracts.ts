/**
 * Reads the law's files: the one place where generation touches the disk.
 * @see design/architecture.md «Layout»
 */
import { readFileSync, readdirSync } from 'node:fs';

import type { LawTexts } from '../src/lints/lint-contracts.ts';
import { readLaw } from '../src/read-law.ts';
import { subgraphUrl } from '../src/subgraph-url.ts';
import { checkLaw } from './check-law.ts';

import type { Subgraph } from './compose-supergraph.ts';

const schemaFolder = new URL('../', import.meta.url);

/** @returns The law's files in the order of their names. */
export function readLawFiles(): LawTexts {
  return {
    contracts: texts('contracts/', '.graphql'),
    shared: { directives: text('directives.graphql'), shared: text('shared.graphql') },
    codeLists: texts('codes/', '.json').map((json): unknown => JSON.parse(json)),
    rules: texts('rules/', '.json').map((json): unknown => JSON.parse(json)),
  };
}

/**
 * @returns The subgraph of each contract; its url says who answers it.
 * @throws Error that lists every finding of the contract lints.
 */
export function loadSubgraphs(): readonly Subgraph[] {
  const { contracts, shared } = checkLaw(readLawFiles());
  return readLaw(contracts, shared).map(({ contract, served }) => ({
    name: contract.name,
    url: subgraphUrl(contract),
    sdl: served,
  }));
}

function texts(folder: string, ending: string): readonly string[] {
  return readdirSync(new URL(folder, schemaFolder))
    .filter((file) => file.endsWith(ending))
    .toSorted()
    .map((file) => text(`${folder}${file}`));
}

function text(path: string): string {
  return readFileSync(new URL(path, schemaFolder), 'utf8');
}
