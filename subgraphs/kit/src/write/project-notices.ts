/**
 * The board's notices: one for each record of a dataset the contract says is published. A notice that names no region takes
 * that of its lots' deals.
 * @see schema/directives.graphql @notice
 */
import { type Dataset, encodeRecordId } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { tableName } from '../store/columns.ts';
import type { StoredDataset } from '../store/store.ts';

import { type Wire, copyMapped, lotsOf, mappedColumn } from './board-mapping.ts';
import { chosen } from './deal-fold.ts';
import type { Projection } from './project-board.ts';
import { type Change, deleteRows, rowOf, upsertRows } from './store-rows.ts';

interface Published {
  readonly stored: StoredDataset;
  readonly key: string;
  readonly id: string;
  readonly version: number;
  readonly origin: string;
  readonly source: unknown;
  readonly wire: Wire;
}

interface Place {
  readonly region: string | undefined;
  readonly tradingPlace: string | undefined;
}

/** Derives the notices of the changed records, and of published records whose project has just become known. */
export async function projectNotices(
  db: Transaction<unknown>,
  projection: Projection,
  wires: ReadonlyMap<Change, readonly Wire[]>,
): Promise<void> {
  const notice = projection.store.byType.get('Notice')?.dataset;
  if (notice === undefined) return;
  const { system, receivedAt } = projection;
  const changed = [...wires.keys()].filter(({ arrival }) => arrival.stored.dataset.notice !== undefined);
  const gone = changed.filter(({ arrival }) => arrival.op === 'withdraw').map(({ arrival }) => noticeKey(arrival.stored.dataset, arrival.key));
  await deleteRows(db, notice, { system: system.code, keys: gone });
  const published = await publishedRecords(db, projection, { changed, projects: changedProjects(wires) });
  if (published.length === 0) return;
  const places = await placesOfProjects(db, projection, new Set(published.flatMap(projectCodes)));
  const rows = published.map((record) => noticeRow(notice, projection, record, places));
  await upsertRows(db, notice, { system: system.code, receivedAt, rows });
}

function changedProjects(wires: ReadonlyMap<Change, readonly Wire[]>): readonly string[] {
  const codes = [...wires].flatMap(([{ arrival }, versions]) => {
    const { dataset } = arrival.stored;
    return dataset.deal === undefined || dataset.deal['lot'] !== undefined
      ? []
      : versions.flatMap((wire) => lotsOf(dataset, dataset.deal ?? {}, 'project', wire));
  });
  return [...new Set(codes)];
}

async function publishedRecords(
  db: Transaction<unknown>,
  { store, system }: Projection,
  { changed, projects }: { readonly changed: readonly Change[]; readonly projects: readonly string[] },
): Promise<readonly Published[]> {
  const keysByDataset = Map.groupBy(
    changed.filter(({ arrival }) => arrival.op === 'put'),
    ({ arrival }) => arrival.stored.dataset,
  );
  const records: Published[] = [];
  for (const stored of store.byType.values()) {
    const { dataset } = stored;
    if (dataset.notice === undefined) continue;
    const keys = (keysByDataset.get(dataset) ?? []).map(({ arrival }) => arrival.key);
    const project = mappedColumn(dataset, dataset.notice, 'project');
    const ofProjects = project === undefined || projects.length === 0 ? sql`false` : sql`${sql.ref(project.name)} = any(${projects}::text[])`;
    if (keys.length === 0 && (project === undefined || projects.length === 0)) continue;
    const found = await sql<Omit<Published, 'stored'>>`select key, id, version, origin, source, wire
      from ${sql.table(tableName(dataset))}
      where system = ${system.code} and (key = any(${keys}::text[]) or ${ofProjects})`.execute(db);
    records.push(...found.rows.map((row) => ({ stored, ...row })));
  }
  return records;
}

function projectCodes({ stored, wire }: Published): readonly string[] {
  return lotsOf(stored.dataset, stored.dataset.notice ?? {}, 'project', wire);
}

async function placesOfProjects(
  db: Transaction<unknown>,
  { store, system }: Projection,
  projects: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Place>> {
  const places = new Map<string, Place>();
  const deal = store.byType.get('Deal')?.dataset;
  if (deal === undefined || projects.size === 0) return places;
  for (const { dataset } of store.byType.values()) {
    const mapping = dataset.deal;
    const column = mapping === undefined ? undefined : mappedColumn(dataset, mapping, 'project');
    if (mapping === undefined || column === undefined || column.list) continue;
    const found = await sql<{ project: string; wire: Wire }>`select ${sql.ref(column.name)} as project, wire
      from ${sql.table(tableName(dataset))}
      where system = ${system.code} and ${sql.ref(column.name)} = any(${[...projects]}::text[])`.execute(db);
    for (const { project, wire } of found.rows) {
      const copied = copyMapped(deal, dataset, mapping, wire);
      const known = places.get(project);
      places.set(project, {
        region: copied['REGION_CODE'] ?? known?.region,
        tradingPlace: copied['TRA_PLACE_CODE'] ?? known?.tradingPlace,
      });
    }
  }
  return places;
}

function noticeRow(
  notice: Dataset,
  { system }: Projection,
  record: Published,
  places: ReadonlyMap<string, Place>,
): ReturnType<typeof rowOf> {
  const { stored, origin, source, version } = record;
  const mapping = stored.dataset.notice ?? {};
  const wire: Record<string, string> = {
    CATEGORY: stored.contract.category ?? '',
    STAGE: chosen(stored.dataset, mapping, { by: 'stageBy', among: 'stages', wire: record.wire }) ?? String(mapping['stage']),
    ...copyMapped(notice, stored.dataset, mapping, record.wire),
    LOT_CODES: lotsOf(stored.dataset, mapping, 'lots', record.wire).join(';'),
    RECORD_ID: record.id,
  };
  const place = projectCodes(record).map((code) => places.get(code)).find((known) => known !== undefined);
  if (place?.region !== undefined) wire['REGION_CODE'] ??= place.region;
  if (place?.tradingPlace !== undefined) wire['TRA_PLACE_CODE'] ??= place.tradingPlace;
  const key = noticeKey(stored.dataset, record.key);
  const id = encodeRecordId({ system: system.code, type: notice.type, key });
  return rowOf(notice, { key, id, version, origin, source, warnings: [], wire });
}

function noticeKey(dataset: Dataset, key: string): string {
  return `${dataset.code}:${key}`;
}
