/**
 * Who uses a part of the schema: what a change of a contract is judged by.
 * @see README «使用 · Usage»
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import { dayOf } from './days.ts';

/** How a coordinate is used. */
export interface CoordinateUse {
  /** Different operations that use it. */
  readonly operations: number;
  /** Clients that sent one of them, the busiest first, 20 at most. */
  readonly clients: readonly string[];
  /** All such clients, however many are named. */
  readonly clientCount: number;
  /** Requests with one of those operations. Where only variables use it, not each of them did: it is an upper bound. */
  readonly requests: number;
  /** Of the last such request, `YYYY-MM-DD` in UTC+8. */
  readonly lastDay: string;
  /** Signatures of the busiest operations, 3 at most. */
  readonly examples: readonly string[];
}

/** What is asked. */
export interface UsedSince {
  /** Its whole day counts. */
  readonly since: Date;
}

/**
 * The requests of the window are added up once by operation and client, then met with the coordinates. A coordinate without a
 * dot is a type: it is used by whoever names it or anything in it.
 */
const statement = `
  with asked as (select distinct c as coordinate from jsonb_array_elements_text(?::jsonb) c),
  recent as materialized (
    select operation, client, sum(requests) as requests, max(day) as last_day
    from registry_usage where day >= ?::date group by operation, client),
  used as materialized (
    select asked.coordinate, f.operation, f.given_on from asked
    join registry_operation_field f on f.coordinate = asked.coordinate collate "C"
    union all
    select asked.coordinate, f.operation, f.given_on from asked
    join registry_operation_field f on strpos(asked.coordinate, '.') = 0
      and f.coordinate > (asked.coordinate || '.') collate "C" and f.coordinate < (asked.coordinate || '/') collate "C"),
  matched as materialized (
    select distinct coordinate, operation from used where given_on is null or given_on >= ?::date),
  by_operation as (
    select m.coordinate, m.operation, sum(r.requests) as requests, max(r.last_day) as last_day
    from matched m join recent r using (operation) group by m.coordinate, m.operation),
  by_client as (
    select m.coordinate, r.client, sum(r.requests) as requests
    from matched m join recent r using (operation) group by m.coordinate, r.client),
  named as (
    select coordinate, count(*) as client_count, (array_agg(client order by requests desc, client collate "C"))[1:20] as clients
    from by_client group by coordinate),
  counted as (
    select coordinate, count(*) as operations, sum(requests) as requests, max(last_day) as last_day,
      (array_agg(operation order by requests desc, operation))[1:3] as busiest
    from by_operation group by coordinate)
  select c.coordinate, c.operations::integer, c.requests::float8, c.last_day::text, n.client_count::integer, to_json(n.clients) as clients,
    (select json_agg(o.text order by place) from unnest(c.busiest) with ordinality b(id, place) join registry_operation o on o.id = b.id)
      as examples
  from counted c join named n using (coordinate) order by c.coordinate`;

interface Row {
  readonly coordinate: string;
  readonly operations: number;
  readonly requests: number;
  readonly last_day: string;
  readonly client_count: number;
  readonly clients: readonly string[];
  readonly examples: readonly string[] | null;
}

/**
 * Who used schema coordinates since a day.
 * @param coordinates - `Type.field`, `Type.field(argument:)`, `Enum.VALUE`, `Input.field`, or `Type` for all of a type.
 * @returns By coordinate; those that nobody used are not in it.
 */
export async function usedCoordinates(
  em: EntityManager,
  coordinates: readonly string[],
  { since }: UsedSince,
): Promise<ReadonlyMap<string, CoordinateUse>> {
  if (coordinates.length === 0) return new Map();
  const day = dayOf(since.getTime());
  const rows = await em.execute<Row[]>(statement, [JSON.stringify(coordinates), day, day]);
  return new Map(
    rows.map(({ coordinate, operations, clients, client_count: clientCount, requests, last_day: lastDay, examples }) => [
      coordinate,
      { operations, clients, clientCount, requests, lastDay, examples: examples ?? [] },
    ]),
  );
}
