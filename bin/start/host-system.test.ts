/**
 * A city that can only push: registered, hosted by an operator, it is asked, harvested and served again at each start, until it
 * serves itself.
 * @see schema/PROTOCOL.md 16 «Hosted systems»
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  createLog,
  createShutdown,
  createSigner,
  createSigningKey,
  readSigningKey,
  signatureHeader,
  type SigningKey,
} from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';

import type { SystemsReady } from './messages.ts';
import { runSystems } from './run-systems.ts';

const provinceDir = fileURLToPath(new URL('../../tests/fixtures/toy-province', import.meta.url));
const [city, gateway] = [createSigningKey(), createSigningKey()];
let dataDir: string;
beforeEach(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'hub-data-'))));
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const registration = {
  code: 'huacheng',
  name: '花城市公共资源交易中心',
  nameEn: 'Huacheng',
  owner: '花城市公共资源交易中心',
  region: '990100',
  contracts: ['board'],
  key: city.publicJwk,
};
const notice = JSON.stringify({
  title: { DATA_EN: 'BOARD_NOTICE', DATA_KEY: 'N1', DATA_TYPE: '1' },
  context: { TITLE: '课桌椅采购公告', CATEGORY: 'procurement', STAGE: 'TENDER', REGION_CODE: '990100', PUBLISHED_AT: '20261101090000' },
});
const host = 'mutation { hostSystem(system: "huacheng") { system endpoint contracts } }';
const submit = `mutation ($body: String!) { submitRecords(input: { idempotencyKey: "k", format: JSON, body: $body }) { accepted refused } }`;

test('a system that pushes is hosted from when an operator says so, over starts, until it serves itself', { timeout: 60_000 }, async () => {
  await using database = await openTestDatabase();
  {
    await using hub = await start(database.url);
    await hub.ask('registry', 'operator', 'mutation ($input: RegisterInput!) { registerSystem(input: $input) { state } }', {
      input: registration,
    });
    expect(await hub.ask('exchange', 'city', submit, { body: notice })).toMatchObject({ code: 'SYSTEM_UNKNOWN' });
    expect(await hub.ask('exchange', 'city', host)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await hub.ask('exchange', 'operator', host.replace('huacheng', 'nowhere'))).toMatchObject({ code: 'SYSTEM_UNKNOWN' });
    const { data } = await hub.ask('exchange', 'operator', host);
    const { hostSystem } = z.object({ hostSystem: z.object({ endpoint: z.string() }) }).parse(data);
    expect(hub.own).toContain(new URL(hostSystem.endpoint).origin);
    expect(await hub.system()).toEqual({ state: 'PUBLISHED', endpoint: hostSystem.endpoint, version: 1 });
    expect((await hub.ask('exchange', 'city', submit, { body: notice })).data).toEqual(receipt);
    expect(await titlesAt(hostSystem.endpoint)).toEqual(['课桌椅采购公告']);
    // It is harvested as any other.
    await vi.waitUntil(async () => (await hub.receipts()) === 1, { timeout: 20_000, interval: 100 });
    const told = async () => hub.ask('exchange', 'city', submit, { body: notice });
    // From when the table names an endpoint of its own, and not from the next start on; and back.
    await hub.publish(elsewhere);
    await vi.waitUntil(async () => (await told()).code === 'SYSTEM_UNKNOWN', { timeout: 20_000, interval: 100 });
    await hub.publish(hostSystem.endpoint);
    await vi.waitUntil(async () => (await told()).code === undefined, { timeout: 20_000, interval: 100 });
    expect((await told()).data).toEqual(receipt);
  }
  {
    await using hub = await start(database.url);
    const { endpoint, version } = await hub.system();
    expect([hub.own.includes(new URL(endpoint).origin), version]).toEqual([true, 1]);
    expect((await hub.ask('exchange', 'city', submit, { body: notice })).data).toEqual(receipt);
    expect(await titlesAt(endpoint)).toEqual(['课桌椅采购公告']);
    await hub.publish(elsewhere);
  }
  await using hub = await start(database.url);
  expect((await hub.system()).endpoint).toBe(elsewhere);
  expect(await hub.ask('exchange', 'city', submit, { body: notice })).toMatchObject({ code: 'SYSTEM_UNKNOWN' });
  expect(await hub.ask('exchange', 'operator', host)).toMatchObject({ code: 'REGISTRATION_INVALID' });
  await hub.ask('registry', 'operator', 'mutation { withdrawSystem(system: "huacheng") { state } }');
  expect(await hub.ask('exchange', 'operator', host)).toMatchObject({ code: undefined });
  expect((await hub.ask('exchange', 'city', submit, { body: notice })).data).toEqual(receipt);
});

const elsewhere = 'http://127.0.0.1:9/graphql';
const receipt = { submitRecords: { accepted: 1, refused: 0 } };
const answer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).default([]),
});

async function start(databaseUrl: string) {
  const shutdown = createShutdown({ listen: false });
  const ready: SystemsReady[] = [];
  const places = { databaseUrl, databaseFolder: null, dataDir, provinceDir, registryPort: 0, exchangePort: 0 };
  const order = { ...places, allowLoopback: true, allowNetworks: [], trustedKeys: [gateway.publicJwk], scale: 0, without: [] };
  const log = createLog('systems', 'silent');
  await runSystems(order, { shutdown, log, report: (message) => message.kind === 'ready' && ready.push(message) });
  const [told] = ready;
  if (told === undefined) throw new Error('nothing was told to be ready');
  const keys = { city, operator: readSigningKey(join(dataDir, 'operator-key.json')) };
  const ask = async (door: 'registry' | 'exchange', who: keyof typeof keys, query: string, variables: object = {}) => {
    const name = who === 'city' ? 'huacheng' : who;
    const signed = { audience: door, issuer: name, key: keys[who] };
    const { data, errors } = answer.parse(await post(`${told[door].origin}/control`, signed, { query, variables }));
    return { data, code: errors[0]?.extensions.code };
  };
  return {
    own: told.own,
    ask,
    async system() {
      const { data } = await ask('registry', 'operator', '{ system(code: "huacheng") { state endpoint version } }');
      return z.object({ system: z.object({ state: z.string(), endpoint: z.string(), version: z.number() }) }).parse(data).system;
    },
    async publish(endpoint: string) {
      const input = { system: 'huacheng', endpoint };
      await ask('registry', 'city', 'mutation ($input: PublishInput!) { publishSystem(input: $input) { published } }', { input });
    },
    async receipts() {
      const { data } = await ask('exchange', 'city', '{ receipts(after: 0, first: 1) { head } }');
      return z.object({ receipts: z.object({ head: z.number() }) }).parse(data).receipts.head;
    },
    [Symbol.asyncDispose]: async () => void (await shutdown.close()),
  };
}

async function titlesAt(endpoint: string): Promise<readonly string[]> {
  const signed = { audience: 'huacheng', issuer: 'gateway', key: gateway };
  const { data } = answer.parse(await post(endpoint, signed, { query: '{ notices { edges { node { title } } } }' }));
  const page = z.object({ notices: z.object({ edges: z.array(z.object({ node: z.object({ title: z.string() }) })) }) }).parse(data);
  return page.notices.edges.map(({ node }) => node.title);
}

interface Signed {
  readonly audience: string;
  readonly issuer: string;
  readonly key: SigningKey;
}

async function post(url: string, { audience, issuer, key }: Signed, question: object): Promise<unknown> {
  const body = JSON.stringify(question);
  const headers = { 'content-type': 'application/json', [signatureHeader]: createSigner({ key, issuer }).sign(audience, body) };
  return (await fetch(url, { method: 'POST', headers, body })).json();
}
