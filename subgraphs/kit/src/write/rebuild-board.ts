/**
 * Makes the board again from the records, once, when the contracts say otherwise what a notice or a deal is made of: a record
 * that is sent again unchanged is not written again, so nobody else would ever do it. A row that says what it said keeps its
 * time of receipt; a rebuild that was cut off begins again.
 * @see schema/directives.graphql @notice, @deal
 */
import { createHash } from 'node:crypto';

import type { Dataset, SystemRow } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import type { SystemStore } from '../graph/context.ts';
import { boardLock } from '../store/advisory-locks.ts';
import { tableName } from '../store/columns.ts';
import { readStamp, writeStamp } from '../store/stamp.ts';
import type { Store, StoredDataset } from '../store/store.ts';

import type { RecordSource } from './arrival.ts';
import { projectBoard } from './project-board.ts';
import type { Change } from './store-rows.ts';

/** Counted up when the code derives other rows from the same contracts. */
const derivation = 3;
/** Before a start is over nobody reads the feed that a transaction holds back. */
const rowsAtOnce = 1_000;

/**
 * @param receivedAt - Canonical instant at which changed rows count as received.
 * @returns Whether the board was made again; false when it was made by these contracts, or there is no record yet.
 */
export async function rebuildBoard(target: SystemStore, receivedAt: string): Promise<boolean> {
  const { store, system } = target;
  const stamp = `board ${system.code}`;
  const meaning = meaningOf(target);
  if ((await readStamp(store.db, stamp)) === meaning) return false;
  const held = await sql`select from record_head where system = ${system.code} limit 1`.execute(store.db);
  if (held.rows.length > 0) {
    for (const stored of toldOf(store)) await rebuildFrom(target, { stored, receivedAt });
    await dropOrphans(store, system);
  }
  await writeStamp(store.db, stamp, meaning);
  return held.rows.length > 0;
}

/** Everything that decides what this system's board says: what it does not serve says nothing there. */
function meaningOf({ store, codes, system }: SystemStore): string {
  const all = [...store.byType.values()];
  const served = all.filter(({ contract }) => system.contracts.includes(contract.name));
  const own = new Set(served.map(({ contract }) => contract.category));
  const elsewhere = new Set(all.map(({ contract }) => contract.category).filter((category) => !own.has(category)));
  const told = served.map(({ contract: { name, category, direction }, dataset: { code, notice, deal, fields } }) => [
    name,
    category,
    direction,
    code,
    notice,
    deal,
    fields.map(({ name, graphType, list, nonNull, wire }) => [name, graphType, list, nonNull, wire]),
  ]);
  const categories = codes.list('CATEGORY')?.values.filter(({ code }) => !elsewhere.has(code));
  const directions = categories?.map(({ code, direction, provincial }) => [code, direction, provincial]);
  return createHash('sha256')
    .update(JSON.stringify([derivation, directions, ...told]))
    .digest('hex');
}

/** Deals that stand come first, so that each is derived or taken away; then what new ones and notices come from. */
function toldOf({ byType }: Store): readonly StoredDataset[] {
  const deal = byType.get('Deal');
  const others = [...byType.values()].filter(({ dataset }) => dataset.notice !== undefined || makesLots(dataset));
  return deal === undefined ? [] : [deal, ...others];
}

/** Bids are counted for lots that others make known. */
function makesLots({ deal }: Dataset): boolean {
  return deal !== undefined && deal['count'] !== true;
}

async function rebuildFrom(
  target: SystemStore,
  { stored, receivedAt }: { readonly stored: StoredDataset; readonly receivedAt: string },
): Promise<void> {
  let last: string | undefined = '';
  while (last !== undefined) last = await rebuildAfter(target, { stored, receivedAt, last });
}

/** @returns The key to go on after; undefined when nothing is left. */
function rebuildAfter(
  { store, system, codes }: SystemStore,
  { stored, receivedAt, last }: { readonly stored: StoredDataset; readonly receivedAt: string; readonly last: string },
): Promise<string | undefined> {
  return store.db.transaction().execute(async (db) => {
    await sql`select ${boardLock(system.code)}`.execute(db);
    const changes = await changesAfter(db, system, { stored, last });
    await projectBoard(db, { store, system, codes, receivedAt }, changes);
    return changes.length < rowsAtOnce ? undefined : changes.at(-1)?.arrival.key;
  });
}

/** Rows that stand, as if they had just come. */
async function changesAfter(
  db: Transaction<unknown>,
  system: SystemRow,
  { stored, last }: { readonly stored: StoredDataset; readonly last: string },
): Promise<readonly Change[]> {
  interface Row {
    readonly key: string;
    readonly version: number;
    readonly source: RecordSource;
    readonly wire: Readonly<Record<string, string>>;
  }
  const found = await sql<Row>`select key, version, source, wire from ${sql.table(tableName(stored.dataset))}
    where system = ${system.code} and key > ${last} order by key limit ${rowsAtOnce}`.execute(db);
  return found.rows.map(({ key, version, source, wire }) => ({
    arrival: { stored, key, op: 'put', wire, hash: '', source, warnings: [], message: { format: 'json', body: '' } },
    outcome: { key, version, state: 'ACCEPTED' },
  }));
}

/** Notices of datasets that are no longer shown as any. */
async function dropOrphans({ db, byType }: Store, { code }: SystemRow): Promise<void> {
  const notice = byType.get('Notice')?.dataset;
  if (notice === undefined) return;
  const shown = [...byType.values()].filter(({ dataset }) => dataset.notice !== undefined).map(({ dataset }) => dataset.code);
  await sql`delete from ${sql.table(tableName(notice))} n
    where system = ${code} and split_part(key, ':', 1) <> all(${shown}::text[]) and not exists (
      select from record_head h where h.system = n.system and h.dataset = ${notice.code} and h.key = n.key and h.hash is not null)`.execute(
    db,
  );
}
