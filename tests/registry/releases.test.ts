/**
 * Gateways serve the release of contracts that is in force: taken up and left again under load, started by copies, and refused
 * where it cannot be served.
 * @see schema/PROTOCOL.md 12; gateway/README.md «Releases of contracts»
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Gateway } from '@hub/gateway';
import { lawTexts } from '@hub/schema';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { type Reply, ask } from '../support/ask.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { at, listAt } from '../support/parse-json.ts';
import { followedRegistry, type Followed } from '../support/registry-of.ts';
import { recordFigures } from '../support/results.ts';
import { generatedMs, sizeOf } from '../support/sizes.ts';

const turns = sizeOf({ test: 1, prove: 5 });
const notices = '{ notices(first: 5) { nodes { title } totalCount coverage { answered { code } missing { reason } } } }';
/** Asked only where it is refused: once answered, the contract would be in use. */
const sinks = '{ sinkNotices(first: 1) { totalCount } }';
const few = lawTexts().contracts.filter((text) => /@contract\(name: "(board|registry|construction)"/.test(text));

let federation: Federation;
let followed: Followed;
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-releases-'));
  federation = await startFederation({ province: generatedProvince(3), records: { each: 12, datasets: ['BOARD_NOTICE'], seed: 5 } });
  followed = await followedRegistry(federation);
  await followed.publishAll();
});
afterAll(async () => {
  await followed[Symbol.asyncDispose]();
  await federation[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

const askFor = ({ url }: Gateway, query: string): Promise<Reply> => ask(`${url}/graphql`, { query });
const readiness = async ({ url }: Gateway): Promise<unknown> => (await fetch(`${url}/health/ready`)).json();
const propose =
  'mutation ($input: ContractsInput!) { proposeContracts(input: $input) { release { number state } check { findings { code messageEn } } } }';
const rollback = 'mutation { rollbackContracts { number state } }';
const inForce = async (query: string, input?: object): Promise<void> => {
  const { data, errors } = await followed.operator(query, input === undefined ? {} : { input });
  expect([errors, JSON.stringify(data)]).toEqual([[], expect.stringContaining('IN_FORCE')]);
};
const served = (gateway: Gateway, release: number): Promise<void> =>
  vi.waitFor(async () => expect(at(await readiness(gateway), 'contracts')).toMatchObject({ release, served: true }), {
    timeout: 30_000,
    interval: 50,
  });

test('a proposal that comes in force, and the way back, while queries run: none fails', { timeout: generatedMs }, async () => {
  await using gateway = await followed.startGateway(join(home, 'load.jws'));
  await served(gateway, 1);
  const faults: string[] = [];
  let asked = 0;
  const over = new AbortController();
  const load = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const reply = await askFor(gateway, notices);
      asked += 1;
      const missing = listAt(reply.data, 'notices', 'coverage', 'missing');
      if (reply.status !== 200 || reply.errors.length > 0 || missing.length > 0) faults.push(reply.text.slice(0, 300));
    }
  };
  const loads = [load(), load()];
  for (let turn = 0; turn < turns; turn++) {
    // The same contracts again would be a release that was rolled back: each turn has a word of its own.
    await inForce(propose, { contracts: few.map((text) => `${text}\n# ${turn}`) });
    await served(gateway, turn + 2);
    expect((await askFor(gateway, sinks)).errors.map(({ code }) => code)).toEqual(['QUERY_INVALID']);
    await inForce(turn === 0 ? rollback : 'mutation { rollbackContracts(number: 1) { state } }');
    await served(gateway, 1);
  }
  over.abort();
  await Promise.all(loads);
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThan(turns * 10);
  await recordFigures('contract-releases', { proposalsAndRollbacks: 2 * turns, asked, failed: faults.length });
});

test('without the registry a gateway starts by both copies; a copy that was altered is not believed', { timeout: 60_000 }, async () => {
  const folder = join(home, 'copies');
  const copyFile = join(folder, 'routing.jws');
  const other = await followedRegistry(federation);
  await other.publishAll();
  await followed.operator('mutation { rollbackContracts(number: 2) { state } }');
  {
    await using gateway = await other.startGateway(copyFile);
    await served(gateway, 2);
  }
  await other[Symbol.asyncDispose]();
  {
    await using gateway = await other.startGateway(copyFile);
    expect((await askFor(gateway, notices)).errors).toEqual([]);
    expect((await askFor(gateway, sinks)).errors.map(({ code }) => code)).toEqual(['QUERY_INVALID']);
    expect(await readiness(gateway)).toMatchObject({
      status: 'ready',
      registry: { reached: false },
      contracts: { release: 2, served: true },
    });
  }
  const copy = (await readdir(folder)).find((name) => name.startsWith('supergraph-')) ?? '';
  await writeFile(join(folder, copy), 'type Query { secret: String }');
  await using gateway = await other.startGateway(copyFile);
  expect((await askFor(gateway, notices)).errors).toEqual([]);
  expect(await readiness(gateway)).toMatchObject({
    contracts: { release: 2, served: false, fault: expect.stringContaining('ECONNREFUSED') },
  });
});

test('a supergraph that cannot be served is refused and told; the old one serves on', { timeout: 60_000 }, async () => {
  const events: string[] = [];
  await using gateway = await followed.startGateway(join(home, 'broken.jws'), ({ kind }) => void events.push(kind));
  await served(gateway, 2);
  const broken = 'type Query { a: Int }';
  const digest = createHash('sha256').update(broken).digest('hex');
  const sql = postgres(federation.databaseUrl, { max: 1 });
  await sql`insert into registry_sdl (sha256, text) values (${digest}, ${broken})`;
  const [row] = await sql`select supergraph from registry_contract_release where number = 1`;
  await sql`update registry_contract_release set supergraph = ${digest} where number = 1`;
  await followed.operator('mutation { rollbackContracts(number: 1) { state } }');
  await vi.waitFor(() => expect(events).toContain('supergraph-refused'), { timeout: 20_000 });
  expect(await readiness(gateway)).toMatchObject({ status: 'ready', contracts: { release: 1, served: false, fault: expect.any(String) } });
  expect((await askFor(gateway, notices)).errors).toEqual([]);
  await sql`update registry_contract_release set supergraph = ${String(row?.['supergraph'])} where number = 1`;
  await sql.end();
});
