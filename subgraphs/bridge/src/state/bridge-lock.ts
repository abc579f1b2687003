/**
 * One bridge, one process: two that read the same source would each take the other's position for theirs.
 */
import { HubError } from '@hub/schema';
import { type Kysely, sql } from 'kysely';

import type { BridgeName } from './bridge-name.ts';

/**
 * Runs the work while this process alone has the bridge; the lock ends with its connection, however the process ends.
 * @throws HubError CONFIG_INVALID when another process has it.
 */
export async function holdingBridge<T>(db: Kysely<unknown>, { system, bridge }: BridgeName, work: () => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    const lock = sql`6845797, hashtext(${`${system}/${bridge}`})`;
    const asked = await sql<{ held: boolean }>`select pg_try_advisory_lock(${lock}) as held`.execute(connection);
    if (asked.rows[0]?.held !== true) throw heldElsewhere(bridge);
    try {
      return await work();
    } finally {
      await sql`select pg_advisory_unlock(${lock})`.execute(connection).catch(() => {});
    }
  });
}

function heldElsewhere(bridge: string): HubError {
  return new HubError('CONFIG_INVALID', {
    zh: `桥接 ${bridge} 已在另一个进程中运行，请先结束它。`,
    en: `The bridge ${bridge} runs in another process already: end it first.`,
  });
}
