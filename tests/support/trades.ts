/**
 * The contracts that are cut over systems, and the shared registers that one system holds, for tests that ask about all of them.
 * What is a register's alone has a test of its own: tests/federation/market-register.test.ts.
 */
import { type Dataset, law, plural, singular } from '@hub/schema';

/** Names of the contracts. */
export const trades: readonly string[] = law().contracts.flatMap(({ contract }) => (contract.partitioned ? [contract.name] : []));
/** Names of the contracts that one system holds for all. */
export const registers: readonly string[] = law().contracts.flatMap(({ contract }) =>
  contract.partitioned || contract.datasets.length === 0 ? [] : [contract.name],
);

const inRegisters = law().contracts.flatMap(({ contract }) => (contract.partitioned ? [] : contract.datasets));
const roots = new Set(inRegisters.flatMap(({ type }) => [plural(type), singular(type), `${singular(type)}ByCode`]));
const types = new Set(inRegisters.map(({ type }) => type));

/** Whether a dataset is one of theirs. */
export function isTraded({ type }: Dataset): boolean {
  return !types.has(type);
}

/** Whether a field can be asked where nobody holds a register: of a company its code alone. */
export function isAskedOfTrades(type: string, field: string): boolean {
  return type === 'Query' ? !roots.has(field) : !types.has(type) || field === 'code';
}
