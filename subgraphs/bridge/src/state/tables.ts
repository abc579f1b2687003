/**
 * What a bridge remembers, beside the records it wrote and in the same database: how far it has read, what it made of each row,
 * and which files it has taken. Losing the database loses both together, so that they never disagree.
 * @see subgraphs/bridge/README.md «位置 · Positions»
 */
import { type Kysely, sql } from 'kysely';

/** Held while the tables are made: several bridges may start at once. Numbers beside it: the kit's advisory locks. */
const tablesLock = sql`pg_advisory_xact_lock(6845796, 0)`;

const statements = [
  // `pass`: number of the last pass over all rows; `passing`: it has not ended; `pass_from`: how far it came; `mark`: where
  // changes begin when it has ended; `changes_from`: how far changes were read; `mapping`: what the pass was made by.
  sql`create table if not exists bridge_position (
    system text collate "C", bridge text collate "C", entry text collate "C",
    mapping text not null, pass int not null, passing boolean not null, pass_from text, mark text, changes_from text,
    passed_at timestamptz, primary key (system, bridge, entry))`,
  // `hash`: of what was last stored, null when the last was refused; `standing`: a record of it stands in the store;
  // `withdrawn`: it stood once; `key_fields`: what a withdrawal must name where the dataset's key are its fields.
  sql`create table if not exists bridge_row (
    system text collate "C", bridge text collate "C", entry text collate "C", key text collate "C",
    hash text, standing boolean not null, withdrawn boolean not null, pass int not null, key_fields jsonb,
    primary key (system, bridge, entry, key))`,
  // By content: the same file under another name is the same file.
  sql`create table if not exists bridge_file (
    system text collate "C", bridge text collate "C", hash text collate "C",
    name text not null, refused boolean not null, taken_at timestamptz not null, primary key (system, bridge, hash))`,
];

/** Makes the tables when they are not there. */
export async function makeTables(db: Kysely<unknown>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select ${tablesLock}`.execute(transaction);
    for (const statement of statements) await statement.execute(transaction);
  });
}
