/**
 * Reads views of a MySQL or MariaDB: each pass is one read-only transaction of one moment, and rows come as a stream that waits
 * for us. Each pass has a connection of its own, for a stream that is left early can only be ended with its connection.
 * @see subgraphs/bridge/README.md «视图 · Views»
 */
import mysql, { type Connection, type RowDataPacket } from 'mysql2';

import type { Entry } from '../mapping/mapping.ts';

import type { Reader, ReadBatch, ReadRequest, Row } from './reader.ts';
import { sourceFault, sourcePlace } from './source-fault.ts';
import { type Columns, type Dialect, checkColumns, markStatement, positionAfter, readStatement } from './view-statements.ts';

const connectTimeoutMs = 10_000;

/** Values are written into the text by the client: backslashes must escape. Times are told, and read, in UTC+8. */
const session = [
  `set session sql_mode = ''`,
  `set session time_zone = '+08:00'`,
  // The server waits this long for us while a batch is stored.
  'set session net_write_timeout = 3600',
  'set session transaction read only',
];

// Node sees only some names of a CommonJS package, and this is none of them.
const { Types, createConnection } = mysql;

/** What the protocol numbers. */
const typeNames: ReadonlyMap<number, string> = new Map([
  ...[Types.TINY, Types.SHORT, Types.INT24, Types.LONG, Types.LONGLONG].map((type) => [type, 'int'] as const),
  ...[Types.DECIMAL, Types.NEWDECIMAL, Types.FLOAT, Types.DOUBLE].map((type) => [type, 'decimal'] as const),
  ...[Types.DATE, Types.DATETIME, Types.TIMESTAMP].map((type) => [type, 'datetime'] as const),
]);

const dialect: Dialect = {
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  text: (column) => column,
  value: (_place, type) => (type === 'datetime' ? 'cast(? as datetime(6))' : type === 'int' ? 'cast(? as decimal(38, 0))' : '?'),
  before: (value, overlap, kind) => (kind === 'time' ? `${value} - interval ${overlap} second` : `${value} - ${overlap}`),
};

/** @param variable - Name of the environment variable that the address came from. */
export function openMysqlReader(address: string, variable: string): Reader {
  const place = sourcePlace(address, variable);
  const using = async <T>(work: (connection: Connection) => Promise<T>): Promise<T> => {
    try {
      const connection = await connect(address);
      try {
        return await work(connection);
      } finally {
        connection.destroy();
      }
    } catch (cause) {
      throw sourceFault(place, cause);
    }
  };
  return {
    columns: (entry) => using(async (connection) => [...(await columnsOf(connection, entry)).keys()]),
    mark: (entry) =>
      using(async (connection) => {
        checkColumns(entry, await columnsOf(connection, entry));
        const text = markStatement(dialect, entry);
        if (text === undefined) return undefined;
        const [found] = await connection.promise().query<RowDataPacket[]>(text);
        const mark: unknown = found[0]?.['mark'];
        return typeof mark === 'string' ? mark : undefined;
      }),
    async *read(entry, request) {
      let connection: Connection | undefined;
      try {
        connection = await connect(address);
        const columns = await columnsOf(connection, entry);
        checkColumns(entry, columns);
        yield* readPass(connection, entry, { columns, request });
      } catch (cause) {
        throw sourceFault(place, cause);
      } finally {
        connection?.destroy();
      }
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function connect(address: string): Promise<Connection> {
  const connection = createConnection({
    uri: address,
    connectTimeout: connectTimeoutMs,
    charset: 'utf8mb4',
    // Every value as the server writes it: numbers keep their digits, times their text.
    typeCast: (field) => field.string('utf8'),
  });
  // What breaks between two statements is told by the next one.
  connection.on('error', () => {});
  try {
    for (const statement of session) await connection.promise().query(statement);
    return connection;
  } catch (cause) {
    connection.destroy();
    throw cause;
  }
}

/** Asked of the view itself: the catalogue says nothing of a view that it cannot open, and so hides why. */
async function columnsOf(connection: Connection, { from }: Entry): Promise<Columns> {
  const view = from.split('.').map(dialect.quote).join('.');
  try {
    const [, fields] = await connection.promise().query(`select v.* from ${view} as v limit 0`);
    return new Map(fields.map(({ name, columnType }) => [name, typeNames.get(columnType ?? -1) ?? 'text']));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ER_NO_SUCH_TABLE' || code === 'ER_TABLEACCESS_DENIED_ERROR') return new Map();
    throw cause;
  }
}

async function* readPass(
  connection: Connection,
  entry: Entry,
  { columns, request }: { readonly columns: Columns; readonly request: ReadRequest },
): AsyncGenerator<ReadBatch> {
  const { text, values } = readStatement(dialect, entry, { columns, request });
  await connection.promise().query('start transaction with consistent snapshot, read only');
  const stream = connection.query(text, [...values]).stream({ highWaterMark: request.batchRows });
  let rows: Row[] = [];
  for await (const row of stream) {
    rows.push(readRow(row));
    if (rows.length < request.batchRows) continue;
    yield batchOf(entry, request, rows);
    rows = [];
  }
  if (rows.length > 0) yield batchOf(entry, request, rows);
}

function batchOf(entry: Entry, { pass }: ReadRequest, rows: readonly Row[]): ReadBatch {
  return { rows, position: positionAfter(entry, pass, rows.at(-1) ?? {}) };
}

function readRow(row: unknown): Row {
  const values: [string, unknown][] = typeof row === 'object' && row !== null ? Object.entries(row) : [];
  return Object.fromEntries(values.map(([column, value]) => [column, typeof value === 'string' ? value : null]));
}
