/**
 * The board's rows as a system's own tables have them: what is derived there is judged by the tests of the kit.
 */
import postgres from 'postgres';

/** A notice or a deal. */
export interface BoardRow {
  readonly type: 'Notice' | 'Deal';
  readonly system: string;
  readonly id: string;
  readonly origin: string;
  readonly source: { readonly kind: string; readonly name?: string; readonly url?: string };
  readonly receivedAt: string;
  readonly warnings: readonly unknown[];
  readonly wire: Readonly<Record<string, string>>;
  /** Of a deal: the contract whose lot it is of. */
  readonly contract: string | null;
}

/** @returns Every notice and deal of the database. */
export async function boardRows(databaseUrl: string): Promise<readonly BoardRow[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const read = (type: BoardRow['type'], table: string): Promise<readonly BoardRow[]> => sql<BoardRow[]>`
      select ${type} as type, system, id, origin, source, warnings, wire, ${type === 'Deal' ? sql`contract` : null} as contract,
        to_char(received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "receivedAt"
      from ${sql(table)}`;
    return [...(await read('Notice', 'notice')), ...(await read('Deal', 'deal'))];
  } finally {
    await sql.end();
  }
}
