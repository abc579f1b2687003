/**
 * The words of warnings: a line of the feed names rule and field alone, and the journal keeps what was told.
 * @see journal/entry-body.ts; schema/contracts/exchange.graphql
 */
import type { Violation } from '@hub/schema';
import { sql } from 'kysely';

import { hubStream } from '../feed/feed-state.ts';
import type { ExchangeStore } from '../store/open-store.ts';

interface WarnedRow {
  readonly position: string;
  readonly violations: readonly Violation[];
}

/** @returns What accepted changes were warned about, by position of the hub's feed; nothing for those that were not. */
export async function readWarnings(
  { reading }: Pick<ExchangeStore, 'reading'>,
  positions: readonly number[],
): Promise<ReadonlyMap<number, readonly Violation[]>> {
  const found = await sql<WarnedRow>`select f.position, c.violations
    from feed f join outbox o on o.id = f.outbox join change c on c.id = o.change
    where f.system = ${hubStream} and f.position = any(${[...positions]}::bigint[]) and c.violations <> '[]'`.execute(reading);
  return new Map(
    found.rows.map(({ position, violations }) => [Number(position), violations.filter(({ severity }) => severity === 'warning')]),
  );
}
