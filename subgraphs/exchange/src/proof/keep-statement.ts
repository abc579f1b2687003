/**
 * Keeps a statement under the next number of its stream. Whoever keeps one holds a lock until its transaction ends: numbers are
 * dense, and appear in their order.
 * @see schema/PROTOCOL.md «Proof»
 */
import type { PositionRange } from '@hub/schema';
import type postgres from 'postgres';

import { hubStream } from '../feed/feed-state.ts';

/** A statement to be kept. */
export interface KeptStatement {
  readonly kind: 'SEGMENT' | 'WHOLE' | 'DAY';
  /** Of DAY: `yyyy-MM-dd`. */
  readonly day?: string;
  readonly epoch: string;
  readonly range: PositionRange;
  /** Line of a manifest. */
  readonly line: string;
}

/** Nothing happens when the day has its statement already. */
export async function keepStatement(tx: postgres.TransactionSql, { kind, day, epoch, range, line }: KeptStatement): Promise<void> {
  await tx`select pg_advisory_xact_lock(6845798, 1)`;
  await tx`insert into statement (stream, number, kind, day, epoch, from_position, to_position, line)
    select ${hubStream}, coalesce((select max(number) from statement where stream = ${hubStream}), 0) + 1,
      ${kind}, ${day ?? null}::date, ${epoch}, ${range.from}, ${range.to}, ${line}
    where ${day ?? null}::date is null or not exists (select from statement where stream = ${hubStream} and day = ${day ?? null}::date)`;
}
