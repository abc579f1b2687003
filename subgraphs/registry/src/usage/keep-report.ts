/**
 * Merges a batch into the tables, within bounds that hold whatever a gateway sends: what is beyond them is kept under `OTHER`,
 * with the coordinates it used, so that nothing looks unused because there was no room.
 * @see README «使用 · Usage»
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import { dayOf } from './days.ts';
import { dropOld } from './drop-old.ts';
import type { ReadOperation } from './read-report.ts';
import { addCounts, addFields, addOperations, recountFields } from './statements.ts';

/** Name of what is kept together because there is no room to keep it apart; gateways call so what they had no room for. */
const other = 'OTHER';

/** How much is kept. */
export interface UsageBounds {
  readonly operations: number;
  /** Coordinates of all operations together. */
  readonly fields: number;
  /** Counts of a day: beyond them clients are no longer told apart. */
  readonly countsPerDay: number;
  /** Clients of a day. */
  readonly clientsPerDay: number;
  /** Coordinates of `OTHER`: more than any schema has. */
  readonly otherFields: number;
}

export const usualBounds: UsageBounds = {
  operations: 50_000,
  fields: 4_000_000,
  countsPerDay: 200_000,
  clientsPerDay: 5000,
  otherFields: 30_000,
};

/** What is merged. */
export interface Merging {
  readonly operations: readonly ReadOperation[];
  readonly nowMs: number;
  readonly bounds?: UsageBounds;
}

/** Keeps a batch. Whoever calls holds the lock of usage: the bounds are counted first. */
export async function keepReport(em: EntityManager, { operations, nowMs, bounds = usualBounds }: Merging): Promise<void> {
  const today = dayOf(nowMs);
  const clients = await em.execute<{ client: string; counts: number }[]>(
    'select client, count(*)::integer as counts from registry_usage where day = ?::date group by client',
    [today],
  );
  // The first of a day clears what is too old.
  if (clients.length === 0) await dropOld(em, nowMs);
  const known = await knownOperations(em, operations);
  const kept = within(operations, { known, bounds, held: await heldNow(em) });
  const ids = await addOperations(em, kept);
  const changed = kept.filter(({ sha256, fieldsSha256 }) => known.get(sha256) !== fieldsSha256);
  const idOf = ({ sha256 }: ReadOperation): number => ids.get(sha256) ?? 0;
  const ownFields = changed.flatMap((one) => one.fields.map((coordinate) => ({ operation: idOf(one), coordinate, givenOn: null })));
  const givenFields = kept.flatMap((one) => one.given.map((coordinate) => ({ operation: idOf(one), coordinate, givenOn: lastDayOf(one) })));
  await recountFields(em, await addFields(em, [...ownFields, ...givenFields]));
  const toldApart = new Set(clients.map(({ client }) => client));
  const full = clients.reduce((sum, { counts }) => sum + counts, 0) >= bounds.countsPerDay;
  const clientOf = (client: string): string => {
    if (full || (!toldApart.has(client) && toldApart.size >= bounds.clientsPerDay)) return other;
    toldApart.add(client);
    return client;
  };
  const counts = kept.flatMap((one) => one.counts.map((count) => ({ ...count, operation: idOf(one), client: clientOf(count.client) })));
  await addCounts(em, counts);
}

interface Held {
  readonly operations: number;
  readonly fields: number;
}

/** @returns The operations there is room for, and all others as one. */
function within(
  operations: readonly ReadOperation[],
  { known, bounds, held }: { readonly known: ReadonlyMap<string, string>; readonly bounds: UsageBounds; readonly held: Held },
): readonly ReadOperation[] {
  let [room, fieldRoom] = [bounds.operations - held.operations, bounds.fields - held.fields];
  const apart: ReadOperation[] = [];
  const together: ReadOperation[] = [];
  for (const operation of operations) {
    const digest = known.get(operation.sha256);
    const added = digest === undefined ? 1 : 0;
    const fields = operation.given.length + (digest === operation.fieldsSha256 ? 0 : operation.fields.length);
    const fits = added <= room && fields <= fieldRoom && operation.text !== other;
    if (fits) [room, fieldRoom] = [room - added, fieldRoom - (digest === undefined ? fields : 0)];
    (fits ? apart : together).push(operation);
  }
  const [first] = together;
  if (first === undefined) return apart;
  const given = [...new Set(together.flatMap((operation) => [...operation.fields, ...operation.given]))].slice(0, bounds.otherFields);
  return [
    ...apart,
    { text: other, sha256: other, fields: [], fieldsSha256: other, given, counts: together.flatMap(({ counts }) => counts) },
  ];
}

async function knownOperations(em: EntityManager, operations: readonly ReadOperation[]): Promise<ReadonlyMap<string, string>> {
  const rows = await em.execute<{ sha256: string; fields_sha256: string }[]>(
    `select o.sha256, o.fields_sha256 from jsonb_array_elements_text(?::jsonb) s join registry_operation o on o.sha256 = s collate "C"`,
    [JSON.stringify(operations.map(({ sha256 }) => sha256))],
  );
  return new Map(rows.map(({ sha256, fields_sha256: digest }) => [sha256, digest]));
}

async function heldNow(em: EntityManager): Promise<Held> {
  const [held] = await em.execute<Held[]>(
    'select count(*)::integer as operations, coalesce(sum(field_count), 0)::float8 as fields from registry_operation',
  );
  return held ?? { operations: 0, fields: 0 };
}

function lastDayOf({ counts }: ReadOperation): string {
  return counts.reduce((last, { day }) => (day > last ? day : last), '0001-01-01');
}
