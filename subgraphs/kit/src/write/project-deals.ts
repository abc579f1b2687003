/**
 * The board's deals: one for each lot the system's records speak of.
 * @see design/graph.md «Sketch»
 */
import { type Dataset, encodeRecordId } from '@hub/schema';
import type { Transaction } from 'kysely';

import type { Wire } from './board-mapping.ts';
import { type Contribution, foldDeal } from './deal-fold.ts';
import { tellLots, touchedLots } from './lots.ts';
import type { Projection } from './project-board.ts';
import { type Change, type TableRow, deleteRows, rowOf, upsertRows } from './store-rows.ts';

/** Derives the deals of all lots that the changes touch; a lot no record speaks of any more has none. */
export async function projectDeals(
  db: Transaction<unknown>,
  projection: Projection,
  wires: ReadonlyMap<Change, readonly Wire[]>,
): Promise<void> {
  const deal = projection.store.byType.get('Deal')?.dataset;
  const lots = await touchedLots(db, projection, wires);
  if (deal === undefined || lots.length === 0) return;
  const { said, counts } = await tellLots(db, projection, lots);
  const { receivedAt, system } = projection;
  const spoken = lots.filter((lot) => (said.get(lot) ?? []).some(({ ofLot }) => ofLot));
  const rows = spoken.map((lot) => dealRow(deal, system.code, { lot, said: said.get(lot) ?? [], count: counts.get(lot) }));
  await upsertRows(db, deal, { system: system.code, receivedAt, rows });
  const silent = lots.filter((lot) => !spoken.includes(lot));
  await deleteRows(db, deal, { system: system.code, keys: silent });
}

function dealRow(
  deal: Dataset,
  system: string,
  { lot, said, count }: { lot: string; said: readonly Contribution[]; count: number | undefined },
): TableRow {
  const shown = said.find(isLotRecord) ?? said.find(({ ofLot }) => ofLot);
  const wire = foldDeal(deal, lot, said);
  if (count !== undefined) wire['BIDDER_COUNT'] = String(count);
  if (shown !== undefined) wire['RECORD_ID'] = shown.id;
  return rowOf(deal, {
    key: lot,
    id: encodeRecordId({ system, type: deal.type, key: lot }),
    version: said.length,
    origin: shown?.origin ?? 'ORIGINAL',
    source: shown?.source,
    warnings: [],
    wire,
  });
}

/** The record that is the lot itself, rather than one about it. */
function isLotRecord({ stored }: Contribution): boolean {
  const { byCode, deal } = stored.dataset;
  return byCode !== undefined && byCode === deal?.['lot'];
}
