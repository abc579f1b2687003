/**
 * Records that stand here and that their system no longer tells of since its epoch changed: a restore lost them there. Listed, and
 * never deleted: the system may send them again, or withdraw them.
 * @see design/feed.md 6
 */
import { sql } from 'kysely';

import type { ExchangeStore } from '../store/open-store.ts';

/** One such record. */
export interface UntoldRecord {
  readonly dataset: string;
  readonly key: string;
  readonly version: number;
}

/**
 * @param first - How many at the most.
 * @returns By dataset and key; none while the snapshot of the new epoch is still being read.
 */
export async function readUntold(
  { reading }: Pick<ExchangeStore, 'reading'>,
  system: string,
  first: number,
): Promise<readonly UntoldRecord[]> {
  const found = await sql<UntoldRecord>`select r.dataset, r.key, c.version from source s
    join record r on r.system = s.system and r.op = 'put' and r.epoch <> s.epoch join change c on c.id = r.change
    where s.system = ${system} and s.position >= s.snapshot order by r.dataset, r.key limit ${first}`.execute(reading);
  return found.rows;
}
