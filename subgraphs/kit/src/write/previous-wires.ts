/**
 * What changed records said before: a withdrawal, or a record that moved to another lot, must also correct what was derived
 * from its earlier version.
 * @see design/feed.md 4
 */
import { type Transaction, sql } from 'kysely';

import type { Wire } from './board-mapping.ts';
import type { Change } from './store-rows.ts';

/** @returns The change's wire form and that of the version before it, where there was one. */
export async function withPreviousWires(
  db: Transaction<unknown>,
  system: string,
  changes: readonly Change[],
): Promise<ReadonlyMap<Change, readonly Wire[]>> {
  const later = changes.filter(({ outcome }) => outcome.version > 1);
  const previous = new Map<string, Wire>();
  if (later.length > 0) {
    const keys = JSON.stringify(
      later.map(({ arrival, outcome }) => ({ dataset: arrival.stored.dataset.code, key: arrival.key, version: outcome.version })),
    );
    const found = await sql<{ dataset: string; key: string; wire: Wire }>`
      select distinct on (v.dataset, v.key) v.dataset, v.key, v.wire
      from jsonb_to_recordset(${keys}::jsonb) as k(dataset text, key text, version int)
      join record_version v on v.system = ${system} and v.dataset = k.dataset and v.key = k.key and v.version < k.version
      where not v.superseded and v.op = 'put' order by v.dataset, v.key, v.version desc`.execute(db);
    for (const row of found.rows) previous.set(`${row.dataset}\n${row.key}`, row.wire);
  }
  return new Map(
    changes.map((change) => {
      const before = previous.get(`${change.arrival.stored.dataset.code}\n${change.arrival.key}`);
      return [change, before === undefined ? [change.arrival.wire] : [change.arrival.wire, before]];
    }),
  );
}
