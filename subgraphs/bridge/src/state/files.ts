/**
 * Which files a bridge has taken, by their content.
 * @see subgraphs/bridge/README.md «文件夹 · Folder»
 */
import { type Kysely, sql } from 'kysely';

import type { BridgeName } from './bridge-name.ts';

/** A file that was taken. */
export interface TakenFile extends BridgeName {
  /** SHA-256 of its bytes. */
  readonly hash: string;
  readonly name: string;
  readonly refused: boolean;
  readonly takenAtMs: number;
}

/** @returns Whether a file of this content was taken, and how; undefined when it was not. */
export async function readFileState(
  db: Kysely<unknown>,
  { system, bridge, hash }: Pick<TakenFile, 'system' | 'bridge' | 'hash'>,
): Promise<Pick<TakenFile, 'refused'> | undefined> {
  const found = await sql<{ refused: boolean }>`select refused from bridge_file
    where system = ${system} and bridge = ${bridge} and hash = ${hash}`.execute(db);
  return found.rows[0];
}

/** Notes that the file was taken. */
export async function rememberFile(db: Kysely<unknown>, { system, bridge, hash, name, refused, takenAtMs }: TakenFile): Promise<void> {
  await sql`insert into bridge_file (system, bridge, hash, name, refused, taken_at)
    values (${system}, ${bridge}, ${hash}, ${name}, ${refused}, ${new Date(takenAtMs).toISOString()}::timestamptz)
    on conflict do nothing`.execute(db);
}
