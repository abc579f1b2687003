/**
 * Lines of the hub's feed as they are kept: copied out of PostgreSQL, never parsed or rendered on the way. Some at a time, so that
 * a reader who is slow, or gone, holds no connection in the middle of a copy.
 * @see design/feed.md 7; PostgreSQL «COPY»
 */
import { once } from 'node:events';

import type { PositionRange } from '@hub/schema';
import type postgres from 'postgres';

const firstPositions = 250;
const mostPositions = 2_000;
/** What one copy may come to: records of megabytes come a few at a time. */
const copyBytes = 2 * 1024 * 1024;

/** @returns The lines of the range with their line feeds, many in each piece. */
export async function* copyLines(sql: postgres.Sql, { from, to }: PositionRange): AsyncGenerator<Buffer> {
  let positions = firstPositions;
  for (let start = from; start <= to;) {
    const end = Math.min(to, start + positions - 1);
    const lines = await copied(sql, { from: start, to: end });
    yield lines;
    const fitting = Math.floor(((end - start + 1) * copyBytes) / Math.max(1, lines.length));
    positions = Math.max(1, Math.min(mostPositions, positions * 4, fitting));
    start = end + 1;
  }
}

/**
 * Taken as it comes: a paused copy would leave its connection paused for whoever has it next. On a connection of its own: the
 * driver sends questions on busy ones ahead, and a copy bears none.
 */
async function copied(sql: postgres.Sql, range: PositionRange): Promise<Buffer> {
  const connection = await sql.reserve();
  try {
    const source = await connection.unsafe(copyStatement(range)).readable();
    const rows: Buffer[] = [];
    source.on('data', (row: Buffer) => void rows.push(row));
    await once(source, 'end');
    return Buffer.concat(rows);
  } finally {
    connection.release();
  }
}

/** COPY takes no parameters: numbers are all that is written into it. JSON text holds neither of the two control characters. */
function copyStatement({ from, to }: PositionRange): string {
  const [first, last] = [BigInt(from), BigInt(to)];
  return `copy (
    select '{"position":' || f.position || ',' || coalesce(o.body, c.body)
    from feed f join outbox o on o.id = f.outbox left join change c on c.id = o.change
    where f.system = 'hub' and f.position between ${first} and ${last} order by f.position
  ) to stdout with (format csv, quote e'\\x01', delimiter e'\\x02')`;
}
