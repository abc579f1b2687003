/**
 * The SDL that a system publishes: what its contracts ask for, in one text.
 * @see PROTOCOL.md 12
 */
import { print } from 'graphql';

import { law } from './law.ts';
import { serveContracts } from './serve-contracts.ts';

/** @param contracts - Names; one that is none adds nothing. @returns The text, the same for the same contracts in any order. */
export function servedSdl(contracts: readonly string[]): string {
  const served = law().contracts.filter(({ contract }) => contracts.includes(contract.name));
  return print(serveContracts(served.map((one) => one.served)));
}
