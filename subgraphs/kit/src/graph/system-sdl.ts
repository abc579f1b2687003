/**
 * The text of what a system of some contracts serves: what it publishes.
 * @see schema/PROTOCOL.md 9, 12
 */
import { law, serveContracts } from '@hub/schema';
import { print } from 'graphql';

/** @param contracts - Their names. @returns SDL, ending with a line break. */
export function systemSdl(contracts: readonly string[]): string {
  const served = law().contracts.filter(({ contract }) => contracts.includes(contract.name));
  return `${print(serveContracts(served.map((each) => each.served)))}\n`;
}
