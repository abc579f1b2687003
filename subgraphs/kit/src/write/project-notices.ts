/**
 * The board's notices: one for each record of a dataset the contract says is published. A record without what every notice
 * must have is not shown as one.
 * @see schema/directives.graphql @notice
 */
import { type Dataset, decodeField, encodeRecordId } from '@hub/schema';
import type { Transaction } from 'kysely';

import { type Wire, codesOf, copyMapped, joinWires, lotsOf } from './board-mapping.ts';
import { chosen } from './deal-fold.ts';
import { upsertDerived } from './derived-rows.ts';
import { moveNotices } from './move-notices.ts';
import { type Place, type Placed, placesOf } from './notice-place.ts';
import { originOf } from './origin.ts';
import type { Projection } from './projection.ts';
import type { Moved } from './project-deals.ts';
import { type Change, type RowContent, deleteRows, rowOf } from './store-rows.ts';
import { codeWithin } from './trade-codes.ts';

interface Published extends Placed {
  readonly change: Change;
  readonly wire: Wire;
}

/** Derives the notices of the changed records, and puts in place those whose lots or project have just become known. */
export async function projectNotices(
  db: Transaction<unknown>,
  projection: Projection,
  { notice, wires, moved }: { readonly notice: Dataset; readonly wires: ReadonlyMap<Change, readonly Wire[]>; readonly moved: Moved },
): Promise<void> {
  const { system, receivedAt } = projection;
  const changed = [...wires.keys()].filter(({ arrival }) => arrival.stored.dataset.notice !== undefined);
  const published = changed.filter(({ arrival }) => arrival.op === 'put').map((change) => publish(notice, change));
  const shown = published.filter(({ wire }) => isComplete(notice, wire));
  const kept = new Set(shown.map(({ change }) => change));
  const gone = changed.filter((change) => !kept.has(change)).map(keyOfNotice);
  await deleteRows(db, notice, { system: system.code, keys: gone });
  const places = await placesOf(db, projection, shown);
  const rows = shown.map((record) => rowOf(notice, noticeOf(notice, projection, { record, place: places.get(record) })));
  await upsertDerived(db, notice, { system: system.code, receivedAt, rows });
  await moveNotices(db, projection, { notice, moved: { ...moved, projects: [...moved.projects, ...changedProjects(wires)] } });
}

/**
 * Projects that changed records name, or named before: their own record tells where they are, any other tells which lots are
 * theirs. Bids tell neither.
 */
function changedProjects(wires: ReadonlyMap<Change, readonly Wire[]>): readonly string[] {
  const projects = [...wires].flatMap(([{ arrival }, versions]) => {
    const { dataset } = arrival.stored;
    const mapping = dataset.deal;
    if (mapping === undefined || mapping['count'] === true) return [];
    return versions.flatMap((wire) =>
      codesOf(dataset, mapping, { target: 'project', wire }).map((code) => codeWithin(dataset.contract, code)),
    );
  });
  return [...new Set(projects)];
}

function publish(notice: Dataset, change: Change): Published {
  const { stored, wire } = change.arrival;
  const { dataset, contract } = stored;
  const mapping = dataset.notice ?? {};
  const copied = joinWires(copyMapped(notice, dataset, mapping)(wire).values());
  const lots = lotsOf(dataset, 'notice', wire);
  return {
    change,
    lots: lots.map((code) => codeWithin(contract.name, code)),
    projects: codesOf(dataset, mapping, { target: 'project', wire }).map((code) => codeWithin(contract.name, code)),
    own: { region: copied['REGION_CODE'], tradingPlace: copied['TRA_PLACE_CODE'] },
    wire: {
      ...(contract.category === undefined ? {} : { CATEGORY: contract.category }),
      STAGE: chosen(dataset, mapping, { by: 'stageBy', among: 'stages', wire }) ?? String(mapping['stage']),
      ...copied,
      ...(lots.length === 0 ? {} : { LOT_CODES: lots.join(';') }),
    },
  };
}

function isComplete(notice: Dataset, wire: Wire): boolean {
  return notice.fields
    .filter(({ nonNull, list, wire: codes }) => nonNull && !list && codes.length > 0)
    .every((field) => decodeField(field, wire, () => undefined) !== null);
}

function noticeOf(
  notice: Dataset,
  { system }: Projection,
  { record, place }: { readonly record: Published; readonly place: Place | undefined },
): RowContent {
  const { arrival, outcome } = record.change;
  const key = keyOfNotice(record.change);
  const type = arrival.stored.dataset.type;
  return {
    key,
    id: encodeRecordId({ system: system.code, type: notice.type, key }),
    version: outcome.version,
    origin: originOf(system, arrival.wire),
    source: arrival.source,
    warnings: [],
    wire: {
      ...record.wire,
      ...(place?.region === undefined ? {} : { REGION_CODE: place.region }),
      ...(place?.tradingPlace === undefined ? {} : { TRA_PLACE_CODE: place.tradingPlace }),
      RECORD_ID: encodeRecordId({ system: system.code, type, key: arrival.key }),
    },
  };
}

/** `move-notices.ts` finds the notice of a record by the same key. */
function keyOfNotice({ arrival }: Change): string {
  return `${arrival.stored.dataset.code}:${arrival.key}`;
}
