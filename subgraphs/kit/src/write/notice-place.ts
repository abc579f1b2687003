/**
 * Where a notice belongs that does not say so itself: where the deals of its lots lie, else where its project does.
 * @see schema/directives.graphql @notice
 */
import { type Transaction, sql } from 'kysely';

import { tableName } from '../store/columns.ts';

import { mappedColumn } from './board-mapping.ts';
import type { Projection } from './projection.ts';
import { dealDatasets, lotsOfProjects } from './touched-lots.ts';
import { codeWithin, codesIn, readWithin } from './trade-codes.ts';

/** Codes of GB/T 2260. */
export interface Place {
  readonly region: string | undefined;
  readonly tradingPlace: string | undefined;
}

/** What decides where a notice belongs. */
export interface Placed {
  /** What its record says itself. */
  readonly own: Place;
  /** Within its contract. */
  readonly lots: readonly string[];
  /** Within its contract. */
  readonly projects: readonly string[];
}

/** @returns The place of each, as far as it is known. */
export async function placesOf<Notice extends Placed>(
  db: Transaction<unknown>,
  projection: Projection,
  notices: readonly Notice[],
): Promise<ReadonlyMap<Notice, Place>> {
  const open = notices.filter(({ own }) => own.region === undefined || own.tradingPlace === undefined);
  const projects = [...new Set(open.flatMap((notice) => notice.projects))];
  // A notice that names no lot speaks of all lots of its project.
  const lotsOf = await lotsOfProjects(db, projection, projects);
  const lotsOfNotice = ({ lots, projects }: Placed): readonly string[] =>
    lots.length > 0 ? lots : projects.flatMap((project) => [...(lotsOf.get(project) ?? [])]);
  const ofLot = await placesOfLots(db, projection, [...new Set(open.flatMap(lotsOfNotice))]);
  const ofProject = await placesOfProjects(db, projection, projects);
  return new Map(
    notices.map((notice) => {
      const lots = lotsOfNotice(notice)
        .toSorted()
        .map((lot) => ofLot.get(lot));
      const known = [notice.own, ...lots, ...notice.projects.map((project) => ofProject.get(project))];
      return [notice, { region: first(known, 'region'), tradingPlace: first(known, 'tradingPlace') }];
    }),
  );
}

function first(places: readonly (Place | undefined)[], part: keyof Place): string | undefined {
  return places.find((place) => place?.[part] !== undefined)?.[part];
}

interface PlaceRow {
  readonly code: string;
  readonly region: string | null;
  readonly place: string | null;
}

async function placesOfLots(
  db: Transaction<unknown>,
  { system }: Projection,
  lots: readonly string[],
): Promise<ReadonlyMap<string, Place>> {
  if (lots.length === 0) return new Map();
  const found = await sql<PlaceRow>`select contract || ':' || i_lot_code as code, i_region as region, i_trading_place as place from deal
    where system = ${system.code} and i_lot_code = any(${lots.map((lot) => readWithin(lot)[1])}::text[]) order by key desc`.execute(db);
  return new Map(found.rows.map(placeOfRow));
}

async function placesOfProjects(
  db: Transaction<unknown>,
  { store, system }: Projection,
  projects: readonly string[],
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  for (const { dataset } of dealDatasets(store.byType.values())) {
    const mapping = dataset.deal ?? {};
    const project = mappedColumn(dataset, mapping, 'project');
    const named = codesIn(dataset, projects);
    if (project === undefined || mapping['lot'] !== undefined || named.length === 0) continue;
    const column = (target: string) => {
      const mapped = mappedColumn(dataset, mapping, target);
      return mapped === undefined ? sql`null` : sql.ref(mapped.name);
    };
    const found = await sql<PlaceRow>`
      select ${sql.ref(project.name)} as code, ${column('region')} as region, ${column('tradingPlace')} as place
      from ${sql.table(tableName(dataset))}
      where system = ${system.code} and ${sql.ref(project.name)} = any(${named}::text[]) order by key desc`.execute(db);
    for (const [code, place] of found.rows.map(placeOfRow)) places.set(codeWithin(dataset.contract, code), place);
  }
  return places;
}

function placeOfRow({ code, region, place }: PlaceRow): readonly [string, Place] {
  return [code, { region: region ?? undefined, tradingPlace: place ?? undefined }];
}
