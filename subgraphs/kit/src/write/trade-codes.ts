/**
 * Codes of lots and projects as one contract's records name them: what one trade says of a lot must not reach another's that
 * has the same code, least of all its seal.
 * @see schema/directives.graphql @deal
 */
import type { CodeLists, Contract, Dataset, SystemRow } from '@hub/schema';

import type { Store } from '../store/store.ts';

/** @returns The code within the contract; of a lot it is the key of the deal that is derived for it. */
export function codeWithin(contract: string, code: string): string {
  return `${contract}:${code}`;
}

/** @returns The contract, and the code within it. */
export function readWithin(named: string): readonly [contract: string, code: string] {
  const end = named.indexOf(':');
  return [named.slice(0, Math.max(end, 0)), named.slice(end + 1)];
}

/** @returns The codes within the dataset's contract, of those that are given within any. */
export function codesIn({ contract }: Pick<Dataset, 'contract'>, named: Iterable<string>): readonly string[] {
  const start = codeWithin(contract, '');
  return [...named].filter((one) => one.startsWith(start)).map((one) => one.slice(start.length));
}

/**
 * @returns The contract that a deal of this category belongs to which a system sent itself: the one of that category; of a
 * category that the province added, the one that takes such. Where that is none, or not one alone, it belongs to no contract
 * and ends no contract's seals; no contract is called by what is returned then.
 */
export function contractOfSent(
  { store, system, codes }: { readonly store: Store; readonly system: SystemRow; readonly codes: CodeLists },
  category: string,
): string {
  const served = [...store.byType.values()].filter(({ contract }) => system.contracts.includes(contract.name));
  const oneOf = (contracts: readonly Contract[]): string | undefined => {
    const [only, ...others] = new Set(contracts.map(({ name }) => name));
    return others.length === 0 ? only : undefined;
  };
  const ofCategory = served.filter(({ contract }) => contract.category === category).map(({ contract }) => contract);
  const isProvincial = codes.list('CATEGORY')?.values.some(({ code, provincial }) => code === category && provincial === true) ?? false;
  const takers = served.filter(({ dataset }) => dataset.deal?.['category'] !== undefined).map(({ contract }) => contract);
  const found = ofCategory.length > 0 ? oneOf(ofCategory) : isProvincial ? oneOf(takers) : undefined;
  return found ?? codeWithin('', category);
}
