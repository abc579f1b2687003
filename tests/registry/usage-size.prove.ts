/**
 * Usage at its size: 10,000 operations of 60 coordinates, sent on each of 400 days. Who uses a field is told, and another report is
 * kept, without anybody waiting. @see subgraphs/registry/README.md «使用 · Usage»
 */
import { loadavg } from 'node:os';

import postgres from 'postgres';
import { expect, test } from 'vitest';

import type { ControlReply } from '../support/control.ts';
import { gatewayKey } from '../support/gateway-key.ts';
import { recordFigures } from '../support/results.ts';
import { clock, startToyRegistry } from '../support/toy-registry.ts';

const size = { operations: 10_000, fields: 60, days: 400, clients: 50 } as const;
/** Far above what it takes: a way through the tables that grows with them takes minutes. */
const maxMs = 20_000;

test('usage of 10,000 operations over 400 days is read and added to at once', { timeout: 600_000 }, async () => {
  const loadAtStart = loadavg()[0];
  await using toy = await startToyRegistry();
  const today = new Date(clock.nowMs()).toISOString().slice(0, 10);
  const sql = postgres(toy.databaseUrl, { max: 1 });
  await sql`insert into registry_operation (sha256, text, fields_sha256, field_count, first_day, last_day)
    select md5(i::text), 'query { ' || i || ' }', '', ${size.fields}::integer, ${today}::date - 400, ${today}::date
    from generate_series(1, ${size.operations}::integer) i`;
  // Five that all use, the rest spread over some thousands.
  await sql`insert into registry_operation_field (coordinate, operation)
    select 'T' || f % 20 || '.f' || case when f < 5 then f else (i * 7 + f * 131) % 6000 end, i
    from generate_series(1, ${size.operations}::integer) i, generate_series(0, ${size.fields - 1}::integer) f on conflict do nothing`;
  await sql`insert into registry_usage (day, operation, client, requests, errors)
    select ${today}::date - d, i, 'client' || i % ${size.clients}::integer, 10, 0
    from generate_series(0, ${size.days - 1}::integer) d, generate_series(1, ${size.operations}::integer) i`;
  await sql`analyze registry_usage, registry_operation_field, registry_operation`;
  const [disk] = await sql<{ mib: number }[]>`select round(sum(pg_total_relation_size(t)) / 1048576)::integer as mib
    from unnest(array['registry_usage', 'registry_operation_field', 'registry_operation']) t`;
  await sql.end();

  const operator = toy.as('operator');
  const gateway = toy.with('gateway', gatewayKey);
  const report = `mutation ($batch: Int!, $operations: [OperationUse!]!) {
    reportUsage(run: "a-run-of-a-gateway", batch: $batch, operations: $operations)
  }`;
  const operations = Array.from({ length: 500 }, (_, place) => ({
    text: `{ new${place} }`,
    fields: Array.from({ length: size.fields }, (_one, field) => `New${field}.f${place % 50}`),
    counts: [{ hour: new Date(clock.nowMs()).toISOString(), client: 'client', requests: 1 }],
  }));
  const times = {
    usersOfOneFieldMs: await timed(() => operator('{ operations(field: "T1.f1") { sha256 requests clients { client } } }'), 'operations'),
    usersOfATypeMs: await timed(() => operator('{ operations(field: "T1") { sha256 requests clients { client } } }'), 'operations'),
    busiestOf400DaysMs: await timed(() => operator('{ operations(days: 400) { sha256 } }'), 'operations'),
    firstReportOf500Ms: await timed(() => gateway(report, { batch: 1, operations }), 'reportUsage'),
    nextReportOf500Ms: await timed(() => gateway(report, { batch: 2, operations }), 'reportUsage'),
  };
  await recordFigures('usage-size', { loadAtStart, ...size, databaseMiB: disk?.mib, ...times });
  expect(Object.entries(times).filter(([, ms]) => ms > maxMs)).toEqual([]);
});

async function timed(act: () => Promise<ControlReply>, field: string): Promise<number> {
  const startedMs = performance.now();
  const { data, errors } = await act();
  const tookMs = Math.round(performance.now() - startedMs);
  expect(errors).toEqual([]);
  expect(data?.[field]).toBeTruthy();
  return tookMs;
}
