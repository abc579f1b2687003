/**
 * Where the records of a part stand: as the database has them, and then as each change of the part leaves them.
 * @see design/feed.md 4
 */
import { type Transaction, sql } from 'kysely';

import type { Judgement } from '../judge/judgement.ts';
import { storable } from '../store/storable-text.ts';

import { isUnusable } from './taken-page.ts';

/** One record; changed as changes are decided. */
export interface Standing {
  readonly dataset: string;
  readonly key: string;
  /** Standing change; null: none, or one of this part, whose position then tells. */
  change: string | null;
  position: number | null;
  /** Last version given. */
  version: number;
  hash: string | null;
  op: 'put' | 'withdraw' | null;
  waiting: number;
  /** Whether the part changed it. */
  changed: boolean;
}

/** @returns What tells the records of a system apart. */
export function recordName({ dataset, key }: Pick<Standing, 'dataset' | 'key'>): string {
  return `${dataset}\n${key}`;
}

/** @returns The records that changes are about, by name; those that are new among them. */
export async function readStanding(
  db: Transaction<unknown>,
  system: string,
  judgements: readonly Judgement[],
): Promise<ReadonlyMap<string, Standing>> {
  const records = new Map<string, Standing>();
  for (const { entry, state } of judgements) {
    if (isUnusable(entry) || (state === 'REFUSED' && storable(recordName(entry)) !== recordName(entry))) continue;
    const { dataset, key } = entry;
    const none = { dataset, key, change: null, position: null, version: 0, hash: null, op: null, waiting: 0, changed: false };
    records.set(recordName(entry), none);
  }
  if (records.size === 0) return records;
  const keys = JSON.stringify([...records.values()].map(({ dataset, key }) => ({ dataset, key })));
  const found = await sql<Omit<Standing, 'position' | 'changed'>>`
    select r.dataset, r.key, r.change, r.version, r.hash, r.op, r.waiting
    from jsonb_to_recordset(${keys}::jsonb) as g(dataset text, key text)
    join record r on r.system = ${system} and r.dataset = g.dataset and r.key = g.key`.execute(db);
  for (const row of found.rows) records.set(recordName(row), { ...row, position: null, changed: false });
  return records;
}
