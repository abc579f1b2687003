/**
 * Which lots a change speaks of: those it names, and where it names none, all lots of its project.
 * @see schema/directives.graphql @deal
 */
import type { Dataset } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { columnTexts } from '../store/column-value.ts';
import { columnsOf, tableName } from '../store/columns.ts';
import type { StoredDataset } from '../store/store.ts';

import type { Arrival } from './arrival.ts';
import { type Wire, codesOf, lotsOf, mappedColumn, mappedLots } from './board-mapping.ts';
import type { Projection } from './projection.ts';
import type { Change } from './store-rows.ts';
import { codeWithin, codesIn, contractOfSent } from './trade-codes.ts';

/** Lots by the project that a record names together with them; each within its contract. */
export type LotsOfProjects = ReadonlyMap<string, ReadonlySet<string>>;

/** @returns Lots that changed records speak of now, or spoke of before, each within its contract; sorted. */
export async function touchedLots(
  db: Transaction<unknown>,
  projection: Projection,
  wires: ReadonlyMap<Change, readonly Wire[]>,
): Promise<readonly string[]> {
  const lots = new Set<string>();
  const projects = new Set<string>();
  for (const [{ arrival }, versions] of wires) {
    for (const wire of versions) {
      const spoken = spokenOf(projection, arrival, wire);
      for (const lot of spoken.lots) lots.add(lot);
      if (spoken.lots.length === 0) for (const project of spoken.projects) projects.add(project);
    }
  }
  for (const ofProject of (await lotsOfProjects(db, projection, [...projects])).values()) {
    for (const lot of ofProject) lots.add(lot);
  }
  return [...lots].toSorted();
}

interface Spoken {
  readonly lots: readonly string[];
  readonly projects: readonly string[];
}

function spokenOf(projection: Projection, { stored: { dataset }, key }: Arrival, wire: Wire): Spoken {
  // What stands under its key may have been derived, or may be again.
  if (dataset.type === 'Deal') return { lots: [...sentLot(projection, dataset, wire), key], projects: [] };
  if (dataset.deal === undefined) return { lots: [], projects: [] };
  const within = (code: string): string => codeWithin(dataset.contract, code);
  return {
    lots: lotsOf(dataset, 'deal', wire).map(within),
    projects: codesOf(dataset, dataset.deal, { target: 'project', wire }).map(within),
  };
}

function sentLot(projection: Projection, deal: Dataset, wire: Wire): readonly string[] {
  const contract = contractOfDeal(projection, deal, wire);
  return textsOf(deal, 'lotCode', wire).map((lot) => codeWithin(contract, lot));
}

/** @returns The contract that a deal belongs to which the system sent itself. */
export function contractOfDeal(projection: Projection, deal: Dataset, wire: Wire): string {
  return contractOfSent(projection, textsOf(deal, 'category', wire)[0] ?? '');
}

function textsOf({ fields }: Dataset, field: string, wire: Wire): readonly string[] {
  const columns = fields.filter(({ name }) => name === field).flatMap(columnsOf);
  return columns.flatMap((column) => columnTexts(column, wire));
}

/** @returns Lots whose deal the system has just sent itself, changed or withdrawn: their rows are written already. */
export function lotsSent(projection: Projection, wires: ReadonlyMap<Change, readonly Wire[]>): readonly string[] {
  const sent = [...wires].filter(([{ arrival }]) => arrival.stored.dataset.type === 'Deal');
  return sent.flatMap(([{ arrival }, versions]) => versions.flatMap((wire) => sentLot(projection, arrival.stored.dataset, wire)));
}

/** @returns The lots of each project, from every record that names both, all within their contract; bids make no lots known. */
export async function lotsOfProjects(
  db: Transaction<unknown>,
  { store, system }: Projection,
  projects: readonly string[],
): Promise<LotsOfProjects> {
  const lots = new Map<string, Set<string>>();
  for (const { dataset } of dealDatasets(store.byType.values())) {
    const lot = mappedLots(dataset, 'deal');
    const project = mappedColumn(dataset, dataset.deal ?? {}, 'project');
    const named = codesIn(dataset, projects);
    if (lot === undefined || project === undefined || dataset.deal?.['count'] === true || named.length === 0) continue;
    const [own, of] = [sql.ref(lot.name), sql.ref(project.name)];
    const found = await sql<{ lot: string; project: string }>`
      select distinct ${lot.kind === 'textList' ? sql`unnest(${own})` : own} as lot, ${of} as project
      from ${sql.table(tableName(dataset))}
      where system = ${system.code} and ${of} = any(${named}::text[]) and ${own} is not null`.execute(db);
    for (const row of found.rows) {
      const within = codeWithin(dataset.contract, row.project);
      lots.set(within, (lots.get(within) ?? new Set()).add(codeWithin(dataset.contract, row.lot)));
    }
  }
  return lots;
}

/** @returns Datasets that tell something of a lot. */
export function dealDatasets(all: Iterable<StoredDataset>): readonly StoredDataset[] {
  return [...all].filter(({ dataset }) => dataset.deal !== undefined);
}
