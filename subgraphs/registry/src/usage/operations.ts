/**
 * The operations gateways answered lately, the busiest first.
 * @see control.graphql «operations»
 */
import { assertRole } from '../control/actor.ts';
import type { ControlContext } from '../control/context.ts';
import { refused } from '../control/refused.ts';
import { dayOf, daysBefore } from './days.ts';

/** What is asked. */
export interface OperationsAsked {
  /** A coordinate that they use; a type: anything of it. */
  readonly field?: string | null;
  readonly client?: string | null;
  readonly days: number;
  readonly last: number;
}

/** An operation as the control interface shows it. */
export interface RecordedOperation {
  readonly sha256: string;
  readonly text: string;
  readonly fields: readonly string[];
  readonly requests: number;
  readonly errors: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly clients: readonly { readonly client: string; readonly requests: number; readonly errors: number; readonly lastDay: string }[];
}

const statement = `
  with asked as (select ?::jsonb as of),
  recent as materialized (
    select u.operation, u.client, sum(u.requests) as requests, sum(u.errors) as errors, max(u.day) as last_day
    from registry_usage u, asked
    where u.day >= (of->>'since')::date and (of->>'client' is null or u.client = (of->>'client') collate "C")
    group by u.operation, u.client),
  busiest as (
    select operation, sum(requests) as requests, sum(errors) as errors, max(last_day) as last_day,
      json_agg(json_build_object('client', client, 'requests', requests, 'errors', errors, 'lastDay', last_day)
        order by requests desc, client collate "C") as clients
    from recent, asked
    where of->>'field' is null or exists (
      select from registry_operation_field f where f.operation = recent.operation
        and (f.given_on is null or f.given_on >= (of->>'since')::date)
        and (f.coordinate = (of->>'field') collate "C"
          or strpos(of->>'field', '.') = 0 and starts_with(f.coordinate, (of->>'field') || '.')))
    group by operation order by sum(requests) desc, operation limit ?)
  select o.sha256, o.text, b.requests::float8, b.errors::float8, o.first_day::text as "firstDay", b.last_day::text as "lastDay", b.clients,
    (select coalesce(json_agg(f.coordinate order by f.coordinate), '[]') from registry_operation_field f where f.operation = o.id) as fields
  from busiest b join registry_operation o on o.id = b.operation order by b.requests desc, o.id`;

/** For operators alone: it tells of every client. @throws HubError FORBIDDEN, REGISTRATION_INVALID. */
export function operations(
  { field = null, client = null, days, last }: OperationsAsked,
  { actor, store, clock }: ControlContext,
): Promise<readonly RecordedOperation[]> {
  assertRole(actor, 'OPERATOR');
  if (days < 1 || days > 400) throw refused(`天数应为 1–400，现为 ${days}。`, `Ask for 1 to 400 days, not ${days}.`);
  if (last < 1 || last > 500) throw refused(`条数应为 1–500，现为 ${last}。`, `Ask for 1 to 500, not ${last}.`);
  const since = dayOf(daysBefore(clock.nowMs(), days).getTime());
  return store.read((em) => em.execute<RecordedOperation[]>(statement, [JSON.stringify({ field, client, since }), last]));
}
