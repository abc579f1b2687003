/**
 * What the system's records say of lots: those that name a lot, and those that name only its project.
 * @see schema/directives.graphql @deal
 */
import { type RawBuilder, type Transaction, sql } from 'kysely';

import { holdsOne } from '../store/column-match.ts';
import { type Column, tableName } from '../store/columns.ts';
import type { StoredDataset } from '../store/store.ts';

import { codesOf, isLotDataset, lotsOf, mappedCodes, mappedColumn, mappedLots, usedWire } from './board-mapping.ts';
import { type Contribution, tellsNothing } from './deal-fold.ts';
import type { Projection } from './projection.ts';
import { type LotsOfProjects, dealDatasets } from './touched-lots.ts';
import { codeWithin, codesIn } from './trade-codes.ts';

type Row = Omit<Contribution, 'stored' | 'ofLot'>;

/** What is known of some lots, each within its contract. */
export interface Told {
  readonly said: ReadonlyMap<string, readonly Contribution[]>;
  /** Rows counted as bidders. */
  readonly counts: ReadonlyMap<string, number>;
  /** Lots by the projects that their records name. */
  readonly lotsOfProject: LotsOfProjects;
}

interface Gathered {
  readonly said: ReadonlyMap<string, Contribution[]>;
  readonly counts: Map<string, number>;
  readonly lotsOfProject: Map<string, Set<string>>;
}

/** @returns Everything the system's records say of the lots. */
export async function tellLots(db: Transaction<unknown>, { store, system }: Projection, lots: readonly string[]): Promise<Told> {
  const gathered: Gathered = { said: new Map(lots.map((lot) => [lot, []])), counts: new Map(), lotsOfProject: new Map() };
  const datasets = dealDatasets(store.byType.values());
  for (const stored of datasets) {
    const column = mappedLots(stored.dataset, 'deal');
    const named = codesIn(stored.dataset, lots);
    if (column === undefined || named.length === 0) continue;
    const match = sql`system = ${system.code} and ${holdsOne(column, sql.ref(column.name), named)}`;
    if (stored.dataset.deal?.['count'] === true) await countRows(db, { stored, column, match, gathered });
    else gather(stored, await rowsOf(db, stored, match), gathered);
  }
  for (const stored of datasets) await tellProjects(db, { stored, system: system.code, gathered });
  return gathered;
}

async function countRows(
  db: Transaction<unknown>,
  {
    stored,
    column,
    match,
    gathered,
  }: { readonly stored: StoredDataset; readonly column: Column; readonly match: RawBuilder<unknown>; readonly gathered: Gathered },
): Promise<void> {
  const own = sql.ref(column.name);
  const counted = await sql<{ lot: string; rows: number }>`
    select lot, count(*)::int as rows from ${sql.table(tableName(stored.dataset))},
      unnest(${column.kind === 'textList' ? own : sql`array[${own}]`}) as lot
    where ${match} group by lot`.execute(db);
  for (const { lot, rows } of counted.rows) {
    const within = codeWithin(stored.dataset.contract, lot);
    gathered.counts.set(within, (gathered.counts.get(within) ?? 0) + rows);
  }
}

function gather(stored: StoredDataset, rows: readonly Row[], { said, lotsOfProject }: Gathered): void {
  const mapping = stored.dataset.deal ?? {};
  for (const row of rows) {
    const within = (code: string): string => codeWithin(stored.dataset.contract, code);
    const projects = codesOf(stored.dataset, mapping, { target: 'project', wire: row.wire }).map(within);
    for (const lot of lotsOf(stored.dataset, 'deal', row.wire).map(within)) {
      const known = said.get(lot);
      if (known === undefined) continue;
      known.push({ ...row, stored, ofLot: true });
      for (const project of projects) lotsOfProject.set(project, (lotsOfProject.get(project) ?? new Set()).add(lot));
    }
  }
}

async function tellProjects(
  db: Transaction<unknown>,
  { stored, system, gathered }: { readonly stored: StoredDataset; readonly system: string; readonly gathered: Gathered },
): Promise<void> {
  const { dataset } = stored;
  const mapping = dataset.deal ?? {};
  const { said, lotsOfProject } = gathered;
  const project = mappedColumn(dataset, mapping, 'project');
  const projects = codesIn(dataset, lotsOfProject.keys());
  // The row that is a lot and lacks its own code says nothing of the project's other lots.
  if (project === undefined || isLotDataset(dataset) || mapping['count'] === true || projects.length === 0) return;
  const lot = mappedLots(dataset, 'deal');
  const names = lot === undefined ? undefined : sql.ref(lot.name);
  const namesNone =
    lot?.kind === 'textList' ? sql`coalesce(cardinality(${names}), 0) = 0` : names === undefined ? sql`true` : sql`${names} is null`;
  const match = sql`system = ${system} and ${sql.ref(project.name)} = any(${projects}::text[]) and ${namesNone}`;
  for (const row of await rowsOf(db, stored, match)) {
    for (const code of codesOf(dataset, mapping, { target: 'project', wire: row.wire })) {
      for (const named of lotsOfProject.get(codeWithin(dataset.contract, code)) ?? [])
        said.get(named)?.push({ ...row, stored, ofLot: false });
    }
  }
}

async function rowsOf(db: Transaction<unknown>, { dataset }: StoredDataset, match: RawBuilder<unknown>): Promise<readonly Row[]> {
  const wire = usedWire(mappedCodes(dataset, dataset.deal ?? {}));
  const found = await sql<Row>`select id, key, origin, source, ${wire} as wire from ${sql.table(tableName(dataset))}
    where ${match}`.execute(db);
  return found.rows.filter((row) => !tellsNothing(dataset, row.wire));
}
