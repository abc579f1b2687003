/**
 * Which lots a change touches, and which records speak of a lot: those that name it, and those that name only its project.
 * @see schema/directives.graphql @deal
 */
import { type RawBuilder, type Transaction, sql } from 'kysely';

import { tableName } from '../store/columns.ts';
import type { StoredDataset } from '../store/store.ts';

import { type Wire, lotsOf, mappedColumn } from './board-mapping.ts';
import type { Contribution } from './deal-fold.ts';
import type { Projection } from './project-board.ts';
import type { Change } from './store-rows.ts';

type Row = Omit<Contribution, 'stored' | 'ofLot'>;

/** What is known of some lots. */
export interface Told {
  readonly said: ReadonlyMap<string, readonly Contribution[]>;
  /** Rows counted as bidders. */
  readonly counts: ReadonlyMap<string, number>;
}

/** @returns Codes of the lots that changed records speak of now, or spoke of before. */
export async function touchedLots(
  db: Transaction<unknown>,
  projection: Projection,
  wires: ReadonlyMap<Change, readonly Wire[]>,
): Promise<readonly string[]> {
  const lots = new Set<string>();
  const projects = new Set<string>();
  for (const [{ arrival }, versions] of wires) {
    const { dataset } = arrival.stored;
    if (dataset.deal === undefined) continue;
    for (const wire of versions) {
      const named = lotsOf(dataset, dataset.deal, 'lot', wire);
      for (const lot of named) lots.add(lot);
      if (named.length === 0) for (const code of lotsOf(dataset, dataset.deal, 'project', wire)) projects.add(code);
    }
  }
  for (const lot of await lotsOfProjects(db, projection, [...projects])) lots.add(lot);
  return [...lots].toSorted();
}

async function lotsOfProjects(
  db: Transaction<unknown>,
  { store, system }: Projection,
  projects: readonly string[],
): Promise<readonly string[]> {
  if (projects.length === 0) return [];
  const lots: string[] = [];
  for (const { dataset } of dealDatasets(store.byType.values())) {
    const lot = mappedColumn(dataset, dataset.deal ?? {}, 'lot');
    const project = mappedColumn(dataset, dataset.deal ?? {}, 'project');
    if (lot === undefined || project === undefined || lot.list || dataset.byCode !== dataset.deal?.['lot']) continue;
    const found = await sql<{ lot: string }>`select ${sql.ref(lot.name)} as lot from ${sql.table(tableName(dataset))}
      where system = ${system.code} and ${sql.ref(project.name)} = any(${projects}::text[])`.execute(db);
    lots.push(...found.rows.map((row) => row.lot));
  }
  return lots;
}

/** @returns Everything the system's records say of the lots. */
export async function tellLots(
  db: Transaction<unknown>,
  { store, system }: Projection,
  lots: readonly string[],
): Promise<Told> {
  const said = new Map<string, Contribution[]>(lots.map((lot) => [lot, []]));
  const counts = new Map<string, number>();
  const lotsOfProject = new Map<string, Set<string>>();
  const datasets = dealDatasets(store.byType.values());
  for (const stored of datasets) {
    const mapping = stored.dataset.deal ?? {};
    const column = mappedColumn(stored.dataset, mapping, 'lot');
    if (column === undefined) continue;
    const own = sql.ref(column.name);
    const match = column.list ? sql`${own} && ${lots}::text[]` : sql`${own} = any(${lots}::text[])`;
    if (mapping['count'] === true) {
      const counted = await sql<{ lot: string; rows: number }>`select ${own} as lot, count(*)::int as rows
        from ${sql.table(tableName(stored.dataset))} where system = ${system.code} and ${match} group by 1`.execute(db);
      for (const { lot, rows } of counted.rows) counts.set(lot, rows);
      continue;
    }
    for (const row of await rowsOf(db, stored, sql`system = ${system.code} and ${match}`)) {
      const projects = lotsOf(stored.dataset, mapping, 'project', row.wire);
      for (const lot of new Set(lotsOf(stored.dataset, mapping, 'lot', row.wire))) {
        said.get(lot)?.push({ ...row, stored, ofLot: true });
        if (!said.has(lot)) continue;
        for (const project of projects) lotsOfProject.set(project, (lotsOfProject.get(project) ?? new Set()).add(lot));
      }
    }
  }
  for (const stored of datasets) await tellProjects(db, { stored, system: system.code, said, lotsOfProject });
  return { said, counts };
}

async function tellProjects(
  db: Transaction<unknown>,
  {
    stored,
    system,
    said,
    lotsOfProject,
  }: {
    readonly stored: StoredDataset;
    readonly system: string;
    readonly said: ReadonlyMap<string, Contribution[]>;
    readonly lotsOfProject: ReadonlyMap<string, ReadonlySet<string>>;
  },
): Promise<void> {
  const mapping = stored.dataset.deal ?? {};
  const project = mappedColumn(stored.dataset, mapping, 'project');
  if (project === undefined || mapping['count'] === true || lotsOfProject.size === 0) return;
  const lot = mappedColumn(stored.dataset, mapping, 'lot');
  const namesNone = lot === undefined ? sql`true` : lot.list ? sql`coalesce(cardinality(${sql.ref(lot.name)}), 0) = 0` : sql`${sql.ref(lot.name)} is null`;
  const match = sql`system = ${system} and ${sql.ref(project.name)} = any(${[...lotsOfProject.keys()]}::text[]) and ${namesNone}`;
  for (const row of await rowsOf(db, stored, match)) {
    for (const code of lotsOf(stored.dataset, mapping, 'project', row.wire)) {
      for (const named of lotsOfProject.get(code) ?? []) said.get(named)?.push({ ...row, stored, ofLot: false });
    }
  }
}

function dealDatasets(all: Iterable<StoredDataset>): readonly StoredDataset[] {
  return [...all].filter(({ dataset }) => dataset.deal !== undefined);
}

async function rowsOf(
  db: Transaction<unknown>,
  stored: StoredDataset,
  match: RawBuilder<unknown>,
): Promise<readonly Row[]> {
  const found = await sql<Row>`select id, origin, source, wire from ${sql.table(tableName(stored.dataset))}
    where ${match} order by id`.execute(db);
  return found.rows;
}
