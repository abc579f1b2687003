/**
 * Which trade a record is of, for those who follow the feed of some trades only: the category it names itself, else that of
 * its contract. A matter of contracts: no category is known here.
 * @see schema/PROTOCOL.md «The feed of a system»
 */
import { wireValue } from '@hub/schema';

import type { Arrival } from './arrival.ts';

/** @returns A code of the province's categories; null for what is of no one trade, and for withdrawals that do not say. */
export function recordCategory({ stored: { contract, dataset }, wire }: Pick<Arrival, 'stored' | 'wire'>): string | null {
  const codes = dataset.fields.flatMap((field) => field.wire).filter(({ list }) => list === 'CATEGORY');
  const own = codes.flatMap(({ code }) => wireValue(wire, code) ?? []);
  return own[0] ?? contract.category ?? null;
}
