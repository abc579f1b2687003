/**
 * Which lots a change speaks of: those it names, and where it names none, all lots of its project.
 * @see schema/directives.graphql @deal
 */
import { type Transaction, sql } from 'kysely';

import { columnTexts } from '../store/column-value.ts';
import { columnsOf, tableName } from '../store/columns.ts';
import type { StoredDataset } from '../store/store.ts';

import { type Wire, codesOf, lotsOf, mappedColumn, mappedLots } from './board-mapping.ts';
import type { Projection } from './project-board.ts';
import type { Change } from './store-rows.ts';

/** Lots by the project that a record names together with them. */
export type LotsOfProjects = ReadonlyMap<string, ReadonlySet<string>>;

/** @returns Codes of the lots that changed records speak of now, or spoke of before; sorted. */
export async function touchedLots(
  db: Transaction<unknown>,
  projection: Projection,
  wires: ReadonlyMap<Change, readonly Wire[]>,
): Promise<readonly string[]> {
  const lots = new Set<string>();
  const projects = new Set<string>();
  for (const [{ arrival }, versions] of wires) {
    for (const wire of versions) {
      const spoken = spokenOf(arrival.stored, wire);
      for (const lot of spoken.lots) lots.add(lot);
      if (spoken.lots.length === 0) for (const project of spoken.projects) projects.add(project);
    }
  }
  for (const ofProject of (await lotsOfProjects(db, projection, [...projects])).values()) {
    for (const lot of ofProject) lots.add(lot);
  }
  return [...lots].toSorted();
}

function spokenOf({ dataset }: StoredDataset, wire: Wire): { readonly lots: readonly string[]; readonly projects: readonly string[] } {
  if (dataset.type === 'Deal') return { lots: sentLot(dataset, wire), projects: [] };
  if (dataset.deal === undefined) return { lots: [], projects: [] };
  return {
    lots: lotsOf(dataset, 'deal', wire),
    projects: codesOf(dataset, dataset.deal, { target: 'project', wire }),
  };
}

function sentLot({ fields }: StoredDataset['dataset'], wire: Wire): readonly string[] {
  return fields
    .filter(({ name }) => name === 'lotCode')
    .flatMap(columnsOf)
    .flatMap((column) => columnTexts(column, wire));
}

/** @returns Lots whose deal the system has just sent itself, changed or withdrawn: their rows are written already. */
export function lotsSent(wires: ReadonlyMap<Change, readonly Wire[]>): readonly string[] {
  const sent = [...wires].filter(([{ arrival }]) => arrival.stored.dataset.type === 'Deal');
  return sent.flatMap(([{ arrival }, versions]) => versions.flatMap((wire) => sentLot(arrival.stored.dataset, wire)));
}

/** @returns The lots of each project, from every record that names both; bids make no lots known. */
export async function lotsOfProjects(
  db: Transaction<unknown>,
  { store, system }: Projection,
  projects: readonly string[],
): Promise<LotsOfProjects> {
  const lots = new Map<string, Set<string>>();
  if (projects.length === 0) return lots;
  for (const { dataset } of dealDatasets(store.byType.values())) {
    const lot = mappedLots(dataset, 'deal');
    const project = mappedColumn(dataset, dataset.deal ?? {}, 'project');
    if (lot === undefined || project === undefined || dataset.deal?.['count'] === true) continue;
    const [own, of] = [sql.ref(lot.name), sql.ref(project.name)];
    const found = await sql<{ lot: string; project: string }>`
      select distinct ${lot.kind === 'textList' ? sql`unnest(${own})` : own} as lot, ${of} as project
      from ${sql.table(tableName(dataset))}
      where system = ${system.code} and ${of} = any(${projects}::text[]) and ${own} is not null`.execute(db);
    for (const row of found.rows) lots.set(row.project, (lots.get(row.project) ?? new Set()).add(row.lot));
  }
  return lots;
}

/** @returns Datasets that tell something of a lot. */
export function dealDatasets(all: Iterable<StoredDataset>): readonly StoredDataset[] {
  return [...all].filter(({ dataset }) => dataset.deal !== undefined);
}
