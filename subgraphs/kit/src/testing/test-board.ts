/**
 * The board of a system as plain values, without what names the system: two systems that hold the same records show the same.
 */
import { decodeRecordId } from '@hub/schema';
import { sql } from 'kysely';

import type { SystemStore } from '../graph/context.ts';

/** One derived row. */
export interface BoardRow {
  readonly key: string;
  readonly origin: string;
  /** Its wire form; RECORD_ID as «Type key». */
  readonly wire: Readonly<Record<string, string>>;
  readonly region: string | null;
  readonly place: string | null;
  /** Canonical instant of receipt. */
  readonly received: string;
}

/** @returns The deals, by lot. */
export function dealsOf(target: SystemStore): Promise<readonly BoardRow[]> {
  return rowsOf(target, 'deal');
}

/** @returns The notices, by key. */
export function noticesOf(target: SystemStore): Promise<readonly BoardRow[]> {
  return rowsOf(target, 'notice');
}

/** @returns The wire form of the only deal of a lot; undefined when there is none. */
export async function dealOf(target: SystemStore, lot: string): Promise<BoardRow['wire'] | undefined> {
  return (await dealsOf(target)).find(({ wire }) => wire['LOT_CODE'] === lot)?.wire;
}

async function rowsOf({ store, system }: SystemStore, table: string): Promise<readonly BoardRow[]> {
  const found = await sql<BoardRow>`select key, origin, wire, i_region as region, i_trading_place as place,
      to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as received
    from ${sql.table(table)} where system = ${system.code} order by key`.execute(store.db);
  return found.rows.map(({ wire, ...row }) => ({ ...row, wire: readable(wire) }));
}

function readable(wire: BoardRow['wire']): BoardRow['wire'] {
  const id = decodeRecordId(wire['RECORD_ID'] ?? '');
  return id === undefined ? wire : { ...wire, RECORD_ID: `${id.type} ${id.key}` };
}
