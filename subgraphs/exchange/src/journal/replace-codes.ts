/**
 * The codes by which standing records are found, when another change of them stands.
 * @see standard/exchange.md 4
 */
import { type Kysely, sql } from 'kysely';

import type { RecordCode } from '../judge/judgement.ts';

/** A change that stands now. */
export interface StandingCodes {
  readonly dataset: string;
  readonly key: string;
  readonly codes: readonly RecordCode[];
  /** Whether another change of the record may have stood before. */
  readonly replaces: boolean;
}

/** @param changes - In order: of several of a record the last one stands. */
export async function replaceCodes(db: Kysely<unknown>, system: string, changes: readonly StandingCodes[]): Promise<void> {
  const last = new Map(changes.map((change) => [`${change.dataset}\n${change.key}`, change]));
  const replaced = changes.filter(({ replaces }) => replaces).map(({ dataset, key }) => ({ dataset, key }));
  if (replaced.length > 0) {
    await sql`delete from code using jsonb_to_recordset(${JSON.stringify(replaced)}::jsonb) as g(dataset text, key text)
      where code.system = ${system} and code.dataset = g.dataset and code.key = g.key`.execute(db);
  }
  const codes = [...last.values()].flatMap(({ dataset, key, codes: held }) => held.map((code) => ({ ...code, dataset, key })));
  if (codes.length === 0) return;
  await sql`insert into code (dataset, field, value, system, key)
    select dataset, field, value, ${system}, key from jsonb_to_recordset(${JSON.stringify(codes)}::jsonb)
      as g(dataset text, field text, value text, key text)
    on conflict do nothing`.execute(db);
}
