/**
 * What changed records said before: a withdrawal, or a record that moved to another lot, must also correct what was derived
 * from its earlier version.
 * @see design/feed.md 4
 */
import { type Transaction, sql } from 'kysely';

import { recordName } from './arrival.ts';
import { type Wire, mappedField, usedWire } from './board-mapping.ts';
import type { Projection } from './projection.ts';
import type { Change } from './store-rows.ts';

/** @returns The change's wire form and the codes that the version before it named, where there was one. */
export async function withPreviousWires(
  db: Transaction<unknown>,
  { store, system }: Projection,
  changes: readonly Change[],
): Promise<ReadonlyMap<Change, readonly Wire[]>> {
  const later = changes.filter(({ outcome }) => outcome.version > 1);
  const previous = new Map<string, Wire>();
  if (later.length > 0) {
    const keys = JSON.stringify(
      later.map(({ arrival, outcome }) => ({ dataset: arrival.stored.dataset.code, key: arrival.key, version: outcome.version })),
    );
    const found = await sql<{ dataset: string; key: string; wire: Wire }>`
      select distinct on (v.dataset, v.key) v.dataset, v.key, ${usedWire(namingCodes(store))} as wire
      from jsonb_to_recordset(${keys}::jsonb) as k(dataset text, key text, version int)
      join record_version v on v.system = ${system.code} and v.dataset = k.dataset and v.key = k.key and v.version < k.version
      where not v.superseded and v.op = 'put' order by v.dataset, v.key, v.version desc`.execute(db);
    for (const row of found.rows) previous.set(`${row.dataset}\n${row.key}`, row.wire);
  }
  return new Map(
    changes.map((change) => {
      const before = previous.get(recordName(change.arrival));
      return [change, before === undefined ? [change.arrival.wire] : [change.arrival.wire, before]];
    }),
  );
}

/** Wire codes that name a lot or a project in any dataset, and the trade in a deal. */
function namingCodes({ byType }: Projection['store']): readonly string[] {
  const fields = [...byType.values()].flatMap(({ dataset }) => {
    if (dataset.type === 'Deal') return dataset.fields.filter(({ name }) => name === 'lotCode' || name === 'category');
    return ['lot', 'lotIn', 'project'].flatMap((target) => mappedField(dataset, dataset.deal ?? {}, target) ?? []);
  });
  return [...new Set(fields.flatMap(({ wire }) => wire.map(({ code }) => code)))];
}
