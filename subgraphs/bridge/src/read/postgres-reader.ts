/**
 * Reads views of a PostgreSQL: each pass is one read-only transaction and one cursor, so that it sees one moment and holds one
 * batch in memory.
 * @see subgraphs/bridge/README.md «视图 · Views»
 */
import postgres from 'postgres';

import type { Entry } from '../mapping/mapping.ts';

import type { Reader, ReadBatch, ReadRequest, Row } from './reader.ts';
import { sourceFault, sourcePlace } from './source-fault.ts';
import { type Columns, type Dialect, checkColumns, markStatement, positionAfter, readStatement } from './view-statements.ts';

const connectSeconds = 10;
/** One batch of a view that takes longer is a view to be rewritten. */
const statementTimeoutMs = 600_000;

const dialect: Dialect = {
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  text: (column) => `${column}::text`,
  value: (place, type) => `$${place}::text::${type}`,
  before: (value, overlap, kind) => (kind === 'time' ? `${value} - interval '${overlap} seconds'` : `${value} - ${overlap}`),
};

/** @param variable - Name of the environment variable that the address came from. */
export function openPostgresReader(address: string, variable: string): Reader {
  const place = sourcePlace(address, variable);
  const sql = postgres(address, {
    max: 1,
    connect_timeout: connectSeconds,
    onnotice: () => {},
    connection: {
      application_name: 'hub-bridge',
      // Beside the transactions' own word: whatever a view calls, nothing is written.
      default_transaction_read_only: true,
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      statement_timeout: statementTimeoutMs,
    },
  });
  const told = <T>(work: Promise<T>): Promise<T> =>
    work.catch((cause: unknown) => {
      throw sourceFault(place, cause);
    });
  const columnsOf = async (entry: Entry): Promise<Columns> => {
    const name = entry.from.split('.').map(dialect.quote).join('.');
    const found = await sql<{ name: string; type: string }[]>`
      select attname as name, format_type(atttypid, null) as type from pg_attribute
      where attrelid = to_regclass(${name}) and attnum > 0 and not attisdropped order by attnum`;
    return new Map(found.map(({ name: column, type }) => [column, type]));
  };
  return {
    columns: async (entry) => [...(await told(columnsOf(entry))).keys()],
    async mark(entry) {
      checkColumns(entry, await told(columnsOf(entry)));
      const text = markStatement(dialect, entry);
      if (text === undefined) return undefined;
      const [found] = await told(sql.begin('read only', (open) => open.unsafe<{ mark: string | null }[]>(text)));
      return found?.mark ?? undefined;
    },
    async *read(entry, request) {
      const columns = await told(columnsOf(entry));
      checkColumns(entry, columns);
      try {
        yield* readPass(sql, entry, { columns, request });
      } catch (cause) {
        throw sourceFault(place, cause);
      }
    },
    [Symbol.asyncDispose]: () => sql.end({ timeout: connectSeconds }),
  };
}

async function* readPass(
  sql: postgres.Sql,
  entry: Entry,
  { columns, request }: { readonly columns: Columns; readonly request: ReadRequest },
): AsyncGenerator<ReadBatch> {
  const { text, values } = readStatement(dialect, entry, { columns, request });
  const session = await sql.reserve();
  try {
    await session.unsafe('begin isolation level repeatable read read only');
    for await (const rows of session.unsafe<Row[]>(text, [...values]).cursor(request.batchRows)) {
      const last = rows.at(-1);
      if (last !== undefined) yield { rows, position: positionAfter(entry, request.pass, last) };
    }
  } finally {
    await session.unsafe('rollback').catch(() => {});
    session.release();
  }
}
