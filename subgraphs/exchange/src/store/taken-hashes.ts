/**
 * What was taken of a system's feed: content hashes by position, to compare with what it tells later.
 * @see design/feed.md 6 and 7
 */
import { sql } from 'kysely';

import type { ExchangeStore } from './open-store.ts';

/** Positions of one system's epoch. */
export interface TakenRange {
  readonly system: string;
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
}

/** @returns Content hash by position; '' for what could not be read. Positions that were not taken are absent. */
export async function readTakenHashes(
  { reading }: ExchangeStore,
  { system, epoch, from, to }: TakenRange,
): Promise<ReadonlyMap<number, string>> {
  const found = await sql<{ position: string; hash: string }>`select position, hash from change
    where system = ${system} and epoch = ${epoch} and position between ${from}::bigint and ${to}::bigint`.execute(reading);
  return new Map(found.rows.map(({ position, hash }) => [Number(position), hash]));
}
