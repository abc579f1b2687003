/**
 * How far a bridge has read, entry by entry. It is moved after a batch is stored, never before: what a crash leaves between the
 * two is read again, and storing it again changes nothing.
 * @see subgraphs/bridge/README.md «位置 · Positions»
 */
import { type Kysely, sql } from 'kysely';

import type { EntryName } from './bridge-name.ts';

/** Where an entry stands. */
export interface Position {
  /** Fingerprint of the mapping that the last pass was made by. */
  readonly mapping: string;
  /** Number of the last pass over all rows; 0: there was none. */
  readonly pass: number;
  /** It has not ended. */
  readonly passing: boolean;
  readonly passFrom: string | undefined;
  readonly mark: string | undefined;
  readonly changesFrom: string | undefined;
  /** When the last pass ended, ms since 1970; undefined: none did. */
  readonly passedAtMs: number | undefined;
}

const start: Position = {
  mapping: '',
  pass: 0,
  passing: false,
  passFrom: undefined,
  mark: undefined,
  changesFrom: undefined,
  passedAtMs: undefined,
};

interface Stored {
  readonly mapping: string;
  readonly pass: number;
  readonly passing: boolean;
  readonly pass_from: string | null;
  readonly mark: string | null;
  readonly changes_from: string | null;
  readonly passed_ms: string | null;
}

/** @returns The entry's position; the very beginning when it has none. */
export async function readPosition(db: Kysely<unknown>, { system, bridge, entry }: EntryName): Promise<Position> {
  const found = await sql<Stored>`select mapping, pass, passing, pass_from, mark, changes_from,
      (extract(epoch from passed_at) * 1000)::text as passed_ms from bridge_position
    where system = ${system} and bridge = ${bridge} and entry = ${entry}`.execute(db);
  const [row] = found.rows;
  if (row === undefined) return start;
  return {
    mapping: row.mapping,
    pass: row.pass,
    passing: row.passing,
    passFrom: row.pass_from ?? undefined,
    mark: row.mark ?? undefined,
    changesFrom: row.changes_from ?? undefined,
    passedAtMs: row.passed_ms === null ? undefined : Number(row.passed_ms),
  };
}

/** Puts the entry's position in place. */
export async function writePosition(db: Kysely<unknown>, { system, bridge, entry }: EntryName, position: Position): Promise<void> {
  const { mapping, pass, passing, passFrom = null, mark = null, changesFrom = null, passedAtMs } = position;
  const passedAt = passedAtMs === undefined ? null : new Date(passedAtMs).toISOString();
  await sql`insert into bridge_position (system, bridge, entry, mapping, pass, passing, pass_from, mark, changes_from, passed_at)
    values (${system}, ${bridge}, ${entry}, ${mapping}, ${pass}, ${passing}, ${passFrom}, ${mark}, ${changesFrom}, ${passedAt}::timestamptz)
    on conflict (system, bridge, entry) do update set mapping = excluded.mapping, pass = excluded.pass, passing = excluded.passing,
      pass_from = excluded.pass_from, mark = excluded.mark, changes_from = excluded.changes_from, passed_at = excluded.passed_at`.execute(
    db,
  );
}
