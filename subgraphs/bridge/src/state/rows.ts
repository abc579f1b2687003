/**
 * What a bridge made of each row: its hash, so that a row that says the same is not sent again; and the pass that last saw it,
 * so that one that is no longer there is known by its absence.
 * @see subgraphs/bridge/README.md «位置 · Positions»
 */
import { type Kysely, sql } from 'kysely';

import type { EntryName } from './bridge-name.ts';

/** One row's state; the key is that of the record it became. */
export interface RowState {
  readonly key: string;
  /** Hash of what was last stored; null when the last was refused, or withdrawn. */
  readonly hash: string | null;
  /** A record of it stands in the store. */
  readonly standing: boolean;
  /** It stood once, and was withdrawn. */
  readonly withdrawn: boolean;
  /** Fields that a withdrawal must name; null where DATA_KEY is enough. */
  readonly key_fields: Readonly<Record<string, string>> | null;
}

/** @returns What is known of the rows, by key. */
export async function readRows(
  db: Kysely<unknown>,
  { system, bridge, entry }: EntryName,
  keys: readonly string[],
): Promise<ReadonlyMap<string, RowState>> {
  const found = await sql<RowState>`select key, hash, standing, withdrawn, key_fields from bridge_row
    where system = ${system} and bridge = ${bridge} and entry = ${entry} and key in (
      select * from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb))`.execute(db);
  return new Map(found.rows.map((row) => [row.key, row]));
}

/** Notes the rows as seen by a pass. */
export async function writeRows(
  db: Kysely<unknown>,
  { system, bridge, entry }: EntryName,
  { rows, pass }: { readonly rows: readonly RowState[]; readonly pass: number },
): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into bridge_row (system, bridge, entry, key, hash, standing, withdrawn, pass, key_fields)
    select ${system}, ${bridge}, ${entry}, r.key, r.hash, r.standing, r.withdrawn, ${pass}, r.key_fields
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(key text, hash text, standing boolean, withdrawn boolean, key_fields jsonb)
    on conflict (system, bridge, entry, key) do update set hash = excluded.hash, standing = excluded.standing,
      withdrawn = excluded.withdrawn, pass = excluded.pass, key_fields = excluded.key_fields`.execute(db);
}

/** @returns How many records of the entry stand, and how many of them a pass did not see. */
export async function countUnseen(
  db: Kysely<unknown>,
  { system, bridge, entry }: EntryName,
  pass: number,
): Promise<{ readonly standing: number; readonly unseen: number }> {
  const counted = await sql<{ standing: string; unseen: string }>`
    select count(*) as standing, count(*) filter (where pass < ${pass}) as unseen from bridge_row
    where system = ${system} and bridge = ${bridge} and entry = ${entry} and standing`.execute(db);
  const { standing = '0', unseen = '0' } = counted.rows[0] ?? {};
  return { standing: Number(standing), unseen: Number(unseen) };
}

/** @returns Some rows whose record stands though the pass did not see them. */
export async function unseenRows(
  db: Kysely<unknown>,
  { system, bridge, entry }: EntryName,
  { pass, most }: { readonly pass: number; readonly most: number },
): Promise<readonly RowState[]> {
  const found = await sql<RowState>`select key, hash, standing, withdrawn, key_fields from bridge_row
    where system = ${system} and bridge = ${bridge} and entry = ${entry} and standing and pass < ${pass}
    order by key limit ${most}`.execute(db);
  return found.rows;
}
