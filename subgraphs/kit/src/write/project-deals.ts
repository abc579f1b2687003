/**
 * The board's deals: one for each lot the system's records speak of. What a system sends as a deal itself stands as it is.
 * @see design/graph.md «Sketch»
 */
import { type Dataset, encodeRecordId } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { type Wire, isLotDataset } from './board-mapping.ts';
import { type Contribution, foldDeal, nameOf } from './deal-fold.ts';
import { upsertDerived } from './derived-rows.ts';
import type { Projection } from './projection.ts';
import { type Change, type TableRow, deleteRows, rowOf } from './store-rows.ts';
import { tellLots } from './tell-lots.ts';
import { contractOfDeal, lotsSent, touchedLots } from './touched-lots.ts';
import { readWithin } from './trade-codes.ts';

/** Lots whose deal lies elsewhere than before, and the projects that their records name, each within its contract. */
export interface Moved {
  readonly lots: readonly string[];
  readonly projects: readonly string[];
}

/** Derives the deals of all lots that the changes touch; a lot no record speaks of any more has none. */
export async function projectDeals(
  db: Transaction<unknown>,
  projection: Projection,
  { deal, wires }: { readonly deal: Dataset; readonly wires: ReadonlyMap<Change, readonly Wire[]> },
): Promise<Moved> {
  const lots = await touchedLots(db, projection, wires);
  if (lots.length === 0) return { lots: [], projects: [] };
  const { receivedAt, system } = projection;
  await tellContracts(db, projection, { deal, wires });
  const before = await dealPlaces(db, system.code, lots);
  const sent = await sentDeals(db, deal, { system: system.code, lots });
  const { said, counts, lotsOfProject } = await tellLots(db, projection, lots);
  const spoken = lots.filter((lot) => !sent.lots.has(lot) && (said.get(lot) ?? []).some(({ ofLot }) => ofLot));
  const rows = spoken.map((lot) => dealRow(deal, projection, { lot, said: said.get(lot) ?? [], count: counts.get(lot) }));
  await upsertDerived(db, deal, { system: system.code, receivedAt, rows });
  const stays = new Set([...spoken, ...sent.keys]);
  await deleteRows(db, deal, { system: system.code, keys: lots.filter((lot) => !stays.has(lot)) });
  const after = await dealPlaces(db, system.code, lots);
  const moved = new Set([...lotsSent(projection, wires), ...lots.filter((lot) => before.get(lot) !== after.get(lot))]);
  const projects = [...lotsOfProject].flatMap(([project, ofProject]) => (moved.isDisjointFrom(ofProject) ? [] : [project]));
  return { lots: [...moved], projects };
}

/** Says of deals that the system sent whose lot they are of. */
async function tellContracts(
  db: Transaction<unknown>,
  projection: Projection,
  { deal, wires }: { readonly deal: Dataset; readonly wires: ReadonlyMap<Change, unknown> },
): Promise<void> {
  const sent = [...wires.keys()].filter(({ arrival: { stored, op } }) => stored.dataset.type === 'Deal' && op === 'put');
  if (sent.length === 0) return;
  const rows = sent.map(({ arrival: { key, wire } }) => ({ key, contract: contractOfDeal(projection, deal, wire) }));
  await sql`update deal d set contract = sent.contract
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sent(key text, contract text)
    join record_head h on h.system = ${projection.system.code} and h.dataset = ${deal.code} and h.key = sent.key and h.hash is not null
    where d.system = ${projection.system.code} and d.key = sent.key`.execute(db);
}

/** Where the lots' deals lie, as one text each. */
async function dealPlaces(db: Transaction<unknown>, system: string, lots: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await sql<{ lot: string; place: string }>`
    select ${lotWithin} as lot, coalesce(i_region, '') || ' ' || coalesce(i_trading_place, '') as place from deal
    where system = ${system} and i_lot_code = any(${codesOf(lots)}::text[]) order by key`.execute(db);
  return new Map(found.rows.map(({ lot, place }) => [lot, place]));
}

const lotWithin = sql`contract || ':' || i_lot_code`;

function codesOf(lots: readonly string[]): readonly string[] {
  return [...new Set(lots.map((lot) => readWithin(lot)[1]))];
}

/** Deals the system itself sent, rather than records they could be derived from: of these lots, or under the keys of theirs. */
async function sentDeals(
  db: Transaction<unknown>,
  deal: Dataset,
  { system, lots }: { readonly system: string; readonly lots: readonly string[] },
): Promise<{ readonly lots: ReadonlySet<string>; readonly keys: readonly string[] }> {
  const found = await sql<{ lot: string; key: string }>`select ${lotWithin} as lot, d.key from deal d
    join record_head h on h.system = d.system and h.dataset = ${deal.code} and h.key = d.key and h.hash is not null
    where d.system = ${system} and (d.i_lot_code = any(${codesOf(lots)}::text[]) or d.key = any(${lots}::text[]))`.execute(db);
  return { lots: new Set(found.rows.flatMap(({ lot, key }) => [lot, key])), keys: found.rows.map(({ key }) => key) };
}

function dealRow(
  deal: Dataset,
  { system, codes }: Projection,
  { lot, said, count }: { readonly lot: string; readonly said: readonly Contribution[]; readonly count: number | undefined },
): TableRow {
  const ofLot = said.filter((contribution) => contribution.ofLot).toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const shown = ofLot.find(({ stored }) => isLotDataset(stored.dataset)) ?? ofLot[0];
  const [contract, code] = readWithin(lot);
  const wire = foldDeal({ deal, codes }, code, said);
  if (count !== undefined) wire['BIDDER_COUNT'] = String(count);
  if (shown !== undefined) wire['RECORD_ID'] = shown.id;
  const row = rowOf(deal, {
    key: lot,
    id: encodeRecordId({ system: system.code, type: deal.type, key: lot }),
    // Derived rows have no versions.
    version: 0,
    origin: shown?.origin ?? 'ORIGINAL',
    source: shown?.source,
    warnings: [],
    wire,
  });
  return { ...row, contract };
}
