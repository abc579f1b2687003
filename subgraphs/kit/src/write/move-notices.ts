/**
 * Notices that stand already, put where they belong once their lots or their project have become known, or have moved: a
 * notice often comes before its project.
 * @see schema/directives.graphql @notice
 */
import type { Dataset } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { holdsOne } from '../store/column-match.ts';
import { tableName } from '../store/columns.ts';
import type { StoredDataset } from '../store/store.ts';

import { type Wire, codesOf, copyMapped, lotsOf, mappedCodes, mappedColumn, mappedLots, usedWire } from './board-mapping.ts';
import { type Placed, placesOf } from './notice-place.ts';
import type { Projection } from './projection.ts';
import type { Moved } from './project-deals.ts';
import { codeWithin, codesIn } from './trade-codes.ts';

interface Standing extends Placed {
  readonly key: string;
}

/** Renews region and trading place of notices that name one of the lots, or one of the projects. */
export async function moveNotices(
  db: Transaction<unknown>,
  projection: Projection,
  { notice, moved }: { readonly notice: Dataset; readonly moved: Moved },
): Promise<void> {
  if (moved.lots.length === 0 && moved.projects.length === 0) return;
  const standing: Standing[] = [];
  for (const stored of projection.store.byType.values()) {
    if (stored.dataset.notice !== undefined) standing.push(...(await standingOf(db, projection, { notice, stored, moved })));
  }
  const places = await placesOf(db, projection, standing);
  const rows = standing.map((record) => ({
    key: record.key,
    region: places.get(record)?.region ?? null,
    place: places.get(record)?.tradingPlace ?? null,
  }));
  if (rows.length === 0) return;
  const { system, receivedAt } = projection;
  await sql`update notice n set i_region = p.region, i_trading_place = p.place, received_at = ${receivedAt}::timestamptz,
      wire = (n.wire - array['REGION_CODE', 'TRA_PLACE_CODE'])
        || jsonb_strip_nulls(jsonb_build_object('REGION_CODE', p.region, 'TRA_PLACE_CODE', p.place))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(key text, region text, place text)
    where n.system = ${system.code} and n.key = p.key
      and (n.i_region, n.i_trading_place) is distinct from (p.region, p.place)`.execute(db);
}

async function standingOf(
  db: Transaction<unknown>,
  { system }: Projection,
  { notice, stored: { dataset }, moved }: { readonly notice: Dataset; readonly stored: StoredDataset; readonly moved: Moved },
): Promise<readonly Standing[]> {
  const mapping = dataset.notice ?? {};
  const lots = mappedLots(dataset, 'notice');
  const project = mappedColumn(dataset, mapping, 'project');
  const [ofLots, ofProjects] = [codesIn(dataset, moved.lots), codesIn(dataset, moved.projects)];
  const names = [
    ...(lots === undefined || ofLots.length === 0 ? [] : [holdsOne(lots, sql.ref(lots.name), ofLots)]),
    ...(project === undefined || ofProjects.length === 0 ? [] : [holdsOne(project, sql.ref(project.name), ofProjects)]),
  ];
  if (names.length === 0) return [];
  const found = await sql<{ key: string; wire: Wire }>`
    select ${`${dataset.code}:`} || key as key, ${usedWire(mappedCodes(dataset, placeMapping(mapping)))} as wire
    from ${sql.table(tableName(dataset))}
    where system = ${system.code} and (${sql.join(names, sql` or `)})`.execute(db);
  const copy = copyMapped(notice, dataset, placeMapping(mapping));
  const within = (code: string): string => codeWithin(dataset.contract, code);
  return found.rows.map(({ key, wire }) => {
    const copied = copy(wire);
    return {
      key,
      lots: lotsOf(dataset, 'notice', wire).map(within),
      projects: codesOf(dataset, mapping, { target: 'project', wire }).map(within),
      own: { region: copied.get('region')?.['REGION_CODE'], tradingPlace: copied.get('tradingPlace')?.['TRA_PLACE_CODE'] },
    };
  });
}

/** The part of a mapping that says where a notice belongs. */
function placeMapping(mapping: NonNullable<Dataset['notice']>): NonNullable<Dataset['notice']> {
  const parts = ['region', 'tradingPlace', 'lots', 'lotsIn', 'project'];
  return Object.fromEntries(Object.entries(mapping).filter(([target]) => parts.includes(target)));
}
