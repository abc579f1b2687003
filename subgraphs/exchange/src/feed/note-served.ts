/**
 * Which positions went out to the nation: exactly those whose lines did, wherever it began to read. That it asks for what follows
 * a position says nothing of what comes before.
 * @see schema/PROTOCOL.md «Three states»
 */
import type { PositionRange } from '@hub/schema';
import type postgres from 'postgres';

import type { ByteRange } from './byte-range.ts';
import { hubStream } from './feed-state.ts';

/** Held while ranges are joined: two answers may end at once. */
const lock = 4;

/** Notes ranges of positions, in order. Ranges that are kept neither overlap nor touch. */
export async function noteServed(sql: postgres.Sql, ranges: readonly PositionRange[]): Promise<void> {
  const [first, last] = [ranges[0]?.from, ranges.at(-1)?.to];
  if (first === undefined || last === undefined) return;
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(6845798, ${lock})`;
    await tx`
      with joined as (
        delete from served_range where stream = ${hubStream} and from_position <= ${last}::bigint + 1 and to_position >= ${first}::bigint - 1
          and from_position >= coalesce((select max(from_position) from served_range
            where stream = ${hubStream} and from_position <= ${first}::bigint), 0)
        returning from_position, to_position
      ), every as (
        select int8range(from_position, to_position, '[]') as span from joined
        union all
        select int8range(came.from, came.to, '[]')
        from unnest(${ranges.map(({ from }) => from)}::bigint[], ${ranges.map(({ to }) => to)}::bigint[]) as came ("from", "to")
      )
      insert into served_range (stream, from_position, to_position)
      select ${hubStream}, lower(span), upper(span) - 1 from (select unnest(range_agg(span)) as span from every) whole`;
  });
}

/** @returns Positions as ranges, in the order in which they are given: ascending. */
export function rangesOf(positions: readonly number[]): readonly PositionRange[] {
  const ranges: PositionRange[] = [];
  for (const position of positions) {
    const last = ranges.at(-1);
    if (last?.to === position - 1) ranges.splice(-1, 1, { from: last.from, to: position });
    else ranges.push({ from: position, to: position });
  }
  return ranges;
}

/** Lines on their way out. */
export interface Leaving {
  /** Lines with their line feeds, from the beginning of the file. */
  readonly pieces: AsyncIterable<Buffer>;
  /** Position of the first of them. */
  readonly first: number;
  /** The part of the file that is sent; the whole where none is said. */
  readonly part?: ByteRange | undefined;
  /** Told which positions went out: a line is where its end is, and what was taken last before a break is not among them. */
  readonly note: (sent: PositionRange) => Promise<void>;
}

const whole = { from: 0, to: Number.POSITIVE_INFINITY };

/** @returns The part. What went out is noted before its end is, or when it breaks off. */
export async function* noteLeaving({ pieces, first, part = whole, note }: Leaving): AsyncGenerator<Buffer> {
  const sent = { from: first, to: first - 1 };
  let at = 0;
  try {
    for await (const piece of pieces) {
      const [start, end] = [Math.max(part.from - at, 0), Math.min(part.to + 1 - at, piece.length)];
      at += piece.length;
      const skipped = linesIn(piece.subarray(0, start));
      sent.from += skipped;
      sent.to += skipped;
      if (start < end) {
        const shown = piece.subarray(start, end);
        yield shown;
        sent.to += linesIn(shown);
      }
      if (at > part.to) break;
    }
  } finally {
    if (sent.to >= sent.from) await note(sent);
  }
}

function linesIn(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
  return lines;
}
