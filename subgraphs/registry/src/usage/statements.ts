/**
 * The statements that add to the tables of usage; each adds to what is there.
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import type { ReadCount, ReadOperation } from './read-report.ts';
import type { OperationField } from './tables.ts';

/** Adds operations, or the days on which known ones were sent. @returns Their ids by digest. */
export async function addOperations(em: EntityManager, operations: readonly ReadOperation[]): Promise<ReadonlyMap<string, number>> {
  const rows = operations.map(({ sha256, text, fieldsSha256, counts }) => {
    const days = counts.map(({ day }) => day).toSorted();
    return { sha256, text, fields: fieldsSha256, first: days[0], last: days.at(-1) };
  });
  const ids = await em.execute<{ id: number; sha256: string }[]>(
    `insert into registry_operation as o (sha256, text, fields_sha256, field_count, first_day, last_day)
     select sha256, text, fields, 0, first, last
     from jsonb_to_recordset(?::jsonb) as t(sha256 text, text text, fields text, first date, last date) order by sha256
     on conflict (sha256) do update set fields_sha256 = excluded.fields_sha256,
       first_day = least(o.first_day, excluded.first_day), last_day = greatest(o.last_day, excluded.last_day)
     returning id, sha256`,
    [JSON.stringify(rows)],
  );
  return new Map(ids.map(({ id, sha256 }) => [sha256, id]));
}

/** Adds coordinates; one that the document itself uses stays so, one of variables keeps its last day. @returns Operations it changed. */
export async function addFields(em: EntityManager, fields: readonly OperationField[]): Promise<readonly number[]> {
  if (fields.length === 0) return [];
  const changed = await em.execute<{ operation: number }[]>(
    `insert into registry_operation_field as f (coordinate, operation, given_on)
     select coordinate, operation, case when bool_or(given is null) then null else max(given) end
     from jsonb_to_recordset(?::jsonb) as t(coordinate text, operation integer, given date) group by coordinate, operation
     on conflict (coordinate, operation) do update set given_on = case when excluded.given_on is not null then
       greatest(f.given_on, excluded.given_on) end
     where f.given_on is not null and (excluded.given_on is null or excluded.given_on > f.given_on)
     returning operation`,
    [JSON.stringify(fields.map(({ coordinate, operation, givenOn }) => ({ coordinate, operation, given: givenOn })))],
  );
  return [...new Set(changed.map(({ operation }) => operation))];
}

/** Counts the coordinates of operations again. */
export async function recountFields(em: EntityManager, operations: readonly number[]): Promise<void> {
  if (operations.length === 0) return;
  await em.execute(
    `update registry_operation o set field_count = (select count(*) from registry_operation_field f where f.operation = o.id)
     where o.id in (select id::integer from jsonb_array_elements_text(?::jsonb) id)`,
    [JSON.stringify(operations)],
  );
}

/** Adds requests to the days of operations and clients. */
export async function addCounts(em: EntityManager, counts: readonly (ReadCount & { readonly operation: number })[]): Promise<void> {
  if (counts.length === 0) return;
  await em.execute(
    `insert into registry_usage as u (day, operation, client, requests, errors)
     select day, operation, client, sum(requests), sum(errors)
     from jsonb_to_recordset(?::jsonb) as t(day date, operation integer, client text, requests bigint, errors bigint)
     group by day, operation, client
     on conflict (day, operation, client) do update set requests = u.requests + excluded.requests, errors = u.errors + excluded.errors`,
    [JSON.stringify(counts)],
  );
}
