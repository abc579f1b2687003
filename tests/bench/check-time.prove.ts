/**
 * How long checks take in a province of 260 systems whose gateways recorded 10,000 operations: of one system that is to be
 * published, and of contracts that are proposed. Aim: 5 s each.
 * @see subgraphs/registry/README.md «契约的变更 · Changes of contracts»
 */
import { loadavg } from 'node:os';

import { createSigningKey } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { startRegistry } from '@hub/registry';
import { law, lawTexts, serveContracts } from '@hub/schema';
import { print } from 'graphql';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import { type ControlAsker, controlAsker } from '../support/control.ts';
import { gatewayTrust } from '../support/gateway-key.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { at, listAt } from '../support/parse-json.ts';
import { recordFigures } from '../support/results.ts';
import { patience, rounded } from './stopwatch.ts';

const systems = 260;
const operations = 10_000;
const rounds = { systems: 21, contracts: 9 } as const;
const aimMs = 5000;

/** What systems of a province serve: the board and one trade, the board and all. */
const trades = law()
  .contracts.map(({ contract }) => contract)
  .filter(({ name, partitioned, datasets }) => partitioned && datasets.length > 0 && name !== 'board')
  .map(({ name }) => ['board', name]);
const sets = [...trades, trades.map(([, name = '']) => name).concat('board')];

const sdlOf = (names: readonly string[]): string =>
  print(serveContracts(law().contracts.flatMap(({ contract, served }) => (names.includes(contract.name) ? [served] : []))));

test('one system, and contracts', patience, async () => {
  await using database = await openTestDatabase();
  const [operator, keys] = [createSigningKey(), new Map<string, ReturnType<typeof createSigningKey>>()];
  const province = generatedProvince(systems, ({ code }) => ({ contracts: sets[Number(code.slice(1)) % sets.length] ?? ['board'] }));
  for (const { code } of province.systems) keys.set(code, createSigningKey());
  await using registry = await startRegistry({
    databaseUrl: database.url,
    province,
    trust: gatewayTrust,
    port: 0,
    reach: { loopback: true },
    onFault: (cause) => expect.fail(String(cause)),
    keys: [
      { role: 'OPERATOR', issuer: 'operator', jwk: operator.publicJwk },
      ...[...keys].map(([issuer, { publicJwk: jwk }]) => ({ role: 'SYSTEM', issuer, jwk }) as const),
    ],
  });
  const asOperator = controlAsker(registry.origin, { key: operator, issuer: 'operator' });
  const publishing =
    'mutation ($input: PublishInput!) { publishSystem(input: $input) { published findings { code severity } durationMs } }';
  const texts = sets.map(sdlOf);
  const publish = async (place: number, more: object): Promise<unknown> => {
    const { code = '' } = province.systems[place] ?? {};
    const key = keys.get(code) ?? operator;
    const input = { system: code, endpoint: `http://127.0.0.1:${10_000 + place}/graphql`, sdl: texts[place % sets.length], ...more };
    const { data, errors } = await controlAsker(registry.origin, { key, issuer: code })(publishing, { input });
    expect(errors).toEqual([]);
    return at(data, 'publishSystem');
  };
  for (let place = 0; place < systems; place++) expect(at(await publish(place, {}), 'published')).toBe(true);
  await record(database.url);

  const loadAtStart = rounded(loadavg()[0] ?? 0);
  const oneSystem: number[] = [];
  for (let round = 0; round < rounds.systems; round++) {
    // A text that was not judged before.
    const sdl = `${texts[round % sets.length]}\n# ${round}`;
    oneSystem.push(await took(async () => void (await publish(round, { sdl, dryRun: true }))));
  }
  const contracts = await proposals(asOperator);
  const middle = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const figure = (times: readonly number[]): object => ({
    rounds: times.length,
    firstMs: rounded(times[0] ?? 0),
    medianMs: rounded(middle(times)),
    maxMs: rounded(Math.max(...times)),
  });
  await recordFigures('check-time', {
    systems,
    distinctSdls: sets.length,
    operations,
    loadAtStart,
    aimMs,
    oneSystem: figure(oneSystem),
    contractChanged: figure(contracts.changed),
    contractRemoved: figure(contracts.removed),
  });
  for (const times of [oneSystem, contracts.changed, contracts.removed]) expect(middle(times)).toBeLessThan(aimMs);
});

/** Of a proposal that changes one contract, and of one that removes the largest. */
async function proposals(ask: ControlAsker): Promise<Readonly<Record<'changed' | 'removed', readonly number[]>>> {
  const check =
    'mutation ($input: ContractsInput!) { checkContracts(input: $input) { passed needsApproval changes { code system usage { operations } } } }';
  const all = lawTexts().contracts;
  const run = async (contracts: readonly string[]): Promise<number> => {
    let reply: unknown;
    const ms = await took(async () => void (reply = await ask(check, { input: { contracts } })));
    expect(reply).toMatchObject({ errors: [], data: { checkContracts: { passed: true, needsApproval: true } } });
    expect(listAt(reply, 'data', 'checkContracts', 'changes').length).toBeGreaterThan(1);
    return ms;
  };
  const [changed, removed]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds.contracts; round++) {
    const index = `type: "C..100", required: true, national: false) @visibility(to: PUBLIC) @indexed`;
    const field = `  "第 ${round} 次" novelty: String @wire(code: "NOVELTY", type: "C..50", national: false) @visibility(to: PUBLIC)\n  "方法学编号"`;
    changed.push(
      await run(
        all.map((text) =>
          text
            .replace(`"SINK_PROJECT_NO", ${index}`, `"SINK_PROJECT_NO", ${index.replace(' @indexed', '')}`)
            .replace('  "方法学编号"', field),
        ),
      ),
    );
    removed.push(await run(all.filter((text) => !text.includes('@contract(name: "construction"')).map((text) => `${text}\n# ${round}`)));
  }
  return { changed, removed };
}

/** Records operations over all contracts, each with 60 coordinates, of 50 clients on each of 30 days. */
async function record(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  const coordinates = law().contracts.flatMap(({ contract }) =>
    contract.datasets.flatMap(({ type, fields }) => [type, ...fields.map(({ name }) => name)].slice(1).map((name) => `${type}.${name}`)),
  );
  const used = [...coordinates, 'SinkNoticeFilter.sinkNumber'];
  await sql`insert into registry_operation (sha256, text, fields_sha256, field_count, first_day, last_day)
    select md5(i::text), 'query { op' || i || ' }', '', 60, current_date - 30, current_date from generate_series(1, ${operations}) i`;
  await sql`insert into registry_operation_field (coordinate, operation)
    select (${used}::text[])[1 + (i * 7 + f * 131) % ${used.length}::integer], i from generate_series(1, ${operations}) i, generate_series(0, 59) f on conflict do nothing`;
  await sql`insert into registry_usage (day, operation, client, requests, errors)
    select current_date - d, i, 'client' || (i % 50), 10, 0 from generate_series(0, 29) d, generate_series(1, ${operations}) i`;
  await sql`analyze registry_usage, registry_operation, registry_operation_field`;
  await sql.end();
}

async function took(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
