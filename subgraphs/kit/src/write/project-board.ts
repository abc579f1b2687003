/**
 * Keeps the board in step with the records of the same transaction: a deal for each lot, a notice for each published record.
 * Derived rows have no version of their own and no outbox row; they can be made again from the records at any time.
 * @see design/graph.md «Sketch»
 */
import type { Transaction } from 'kysely';

import { withPreviousWires } from './previous-wires.ts';
import { projectDeals } from './project-deals.ts';
import { projectNotices } from './project-notices.ts';
import type { Projection } from './projection.ts';
import type { Change } from './store-rows.ts';

/**
 * Derives deals, then notices, from accepted changes; a store without the board contract derives nothing. The caller holds
 * the system's board lock.
 */
export async function projectBoard(db: Transaction<unknown>, projection: Projection, changes: readonly Change[]): Promise<void> {
  const { byType } = projection.store;
  const [deal, notice] = [byType.get('Deal')?.dataset, byType.get('Notice')?.dataset];
  if (deal === undefined || notice === undefined) return;
  const wires = await withPreviousWires(db, projection, changes);
  const moved = await projectDeals(db, projection, { deal, wires });
  await projectNotices(db, projection, { notice, wires, moved });
}
