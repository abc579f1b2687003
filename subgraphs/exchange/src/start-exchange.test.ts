/**
 * The exchange's port: who is told what. @see schema/PROTOCOL.md 15 and 16; schema/contracts/exchange.graphql
 */
import { openProvinceFolder, writeJsonLine } from '@hub/kit';
import { createSigner, createSigningKey, gatewayIssuer, keysOf, signatureHeader, type SigningKey, trustKeys } from '@hub/kit/process';
import { createSm2Key, encodeRecordId, law, readSm2PrivateKey } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { takePage } from './journal/take-page.ts';
import { type Exchange, startExchange } from './start-exchange.ts';
import { type HostedSystems, goodRecord, openHostedSystems } from './testing/hosted-system.ts';
import { registeredSigners } from './testing/registered-signers.ts';
import { entryOf, pageOf } from './testing/taken-entries.ts';
import { type TestExchange, openTestExchange } from './testing/test-exchange.ts';

const toyProvince = new URL('../../../tests/fixtures/toy-province', import.meta.url).pathname;
const [trade] = law().contracts.filter(({ contract: { name } }) => name === 'construction');
const [dataset] = trade?.contract.datasets ?? [];
const keys: Readonly<Record<string, SigningKey>> = { one: createSigningKey(), two: createSigningKey(), operator: createSigningKey() };
const [nation, gateway] = [createSigningKey(), createSigningKey()];
const opened = new AsyncDisposableStack();
let made: TestExchange;
let hosting: HostedSystems;
let exchange: Exchange;

beforeAll(async () => {
  made = opened.use(await openTestExchange());
  hosting = opened.use(await openHostedSystems(made.databaseUrl, ['board', 'construction']));
  const statementKey = readSm2PrivateKey(createSm2Key());
  if (statementKey === undefined) throw new Error('no key');
  const { province } = await openProvinceFolder(toyProvince);
  exchange = opened.use(
    await startExchange({
      databaseUrl: made.databaseUrl,
      province,
      trust: trustKeys(keysOf([gateway.publicJwk], gatewayIssuer)),
      port: 0,
      key: createSigningKey(),
      statementKey,
      signers: registeredSigners(keys),
      // Nobody answers there: what is harvested is given to the journal by hand.
      registry: { origin: 'http://127.0.0.1:9', publicKeys: [] },
      declared: async () => [{ code: 'one', name: '系统一', platformCodes: [] }],
      nationKeys: [nation.publicJwk],
      hosted: [hosting.system('one', ['board', 'construction'])],
      onFault: () => {},
    }),
  );
  const [good, bad] = ['A', 'B'].map((key, place) => entryOf({ dataset: code, key, position: place + 1, fields: { NOTE: key } }));
  if (good === undefined || bad === undefined) throw new Error('no entries');
  const source = { kind: 'PUBLISHED', url: 'https://trade.example/b' } as const;
  await takePage(made.store, pageOf('one', [good, { ...bad, source, hash: 'altered' }]));
  await vi.waitUntil(async () => (await askFeed()) === 1);
});
afterAll(() => opened.disposeAsync());

const code = dataset?.code ?? '';

describe('What is signed', () => {
  test('a system sees what is told to it, and nothing of another', async () => {
    const told = await control(
      'one',
      '{ whoami { name role } receipts { head receipts { position answered { from to } accepted refused waiting } } }',
    );
    expect(told.data).toEqual({
      whoami: { name: 'one', role: 'SYSTEM' },
      receipts: { head: 1, receipts: [{ position: 1, answered: { from: 1, to: 2 }, accepted: 1, refused: 1, waiting: 0 }] },
    });
    expect(codeOf(await control('two', '{ receipts(system: "one") { head } }'))).toBe('FORBIDDEN');
    expect(codeOf(await control('two', '{ refusedRecords(system: "one") { cursor } }'))).toBe('FORBIDDEN');
    expect((await control('two', '{ sources { system } }')).data).toEqual({ sources: [] });
  });

  test('what was refused is in its system’s list, with where to correct it, until a later version is accepted', async () => {
    const query = `{ refusedRecords { nodes { key version violations { rule severity } openHours repairedVersion correctAt } }
      open: refusedRecords(open: true) { nodes { key } } }`;
    const refused = {
      key: 'B',
      version: 1,
      violations: [{ rule: 'HASH_MISMATCH', severity: 'REFUSAL' }],
      openHours: 0,
      correctAt: 'https://trade.example/b',
    };
    expect((await control('one', query)).data).toEqual({
      refusedRecords: { nodes: [{ ...refused, repairedVersion: null }] },
      open: { nodes: [{ key: 'B' }] },
    });
    await takePage(made.store, pageOf('one', [entryOf({ dataset: code, key: 'B', position: 3, version: 2 })]));
    expect((await control('one', query)).data).toEqual({
      refusedRecords: { nodes: [{ ...refused, repairedVersion: 2 }] },
      open: { nodes: [] },
    });
  });

  test('a system pushes its own records to where the hub keeps them, and gets the first receipt again', async () => {
    const body = dataset === undefined ? '' : writeJsonLine(goodRecord(dataset, 'P1').record);
    const mutation = `mutation ($body: String!, $system: String) { submitRecords(input: { system: $system, idempotencyKey: "k", format: JSON, body: $body })
      { system total accepted refused records { line outcome key version } } }`;
    const receipt = {
      submitRecords: {
        system: 'one',
        total: 1,
        accepted: 1,
        refused: 0,
        records: [{ line: 1, outcome: 'ACCEPTED', key: 'P1', version: 1 }],
      },
    };
    expect((await control('one', mutation, { body })).data).toEqual(receipt);
    expect((await control('one', mutation, { body })).data).toEqual(receipt);
    expect(codeOf(await control('one', mutation, { body: `${body}\n${body}` }))).toBe('IDEMPOTENCY_CONFLICT');
    expect(codeOf(await control('two', mutation, { body, system: 'one' }))).toBe('FORBIDDEN');
    expect(codeOf(await control('two', mutation, { body }))).toBe('SYSTEM_UNKNOWN');
    expect(codeOf(await control('operator', mutation, { body, system: 'one' }))).toBe('FORBIDDEN');
  });

  test('the nation reads the feed, which is for nobody else, and confirms it', async () => {
    const { data } = await control('nation', '{ exchangeFeed(first: 1) { lines scanned { from to } epoch } }');
    const page = z.object({ exchangeFeed: z.object({ lines: z.array(z.string()), epoch: z.string() }) }).parse(data).exchangeFeed;
    const id = encodeRecordId({ system: 'one', type: dataset?.type ?? '', key: 'A' });
    const told = await graph('query ($id: ID!) { recordStates(id: $id) { level state } }', { id });
    expect(told.data).toMatchObject({ recordStates: [{}, {}, { level: 'NATION', state: 'SENT' }] });
    expect(page.lines).toEqual([expect.stringMatching(/^\{"position":1,"system":"one",.*"key":"A"/)]);
    const input = { epoch: page.epoch, from: 1, to: 1, refused: [] };
    const confirm = 'mutation ($input: ConfirmInput!) { confirmEntries(input: $input) { number accepted refused } }';
    expect((await control('nation', confirm, { input })).data).toEqual({ confirmEntries: { number: 1, accepted: 1, refused: 0 } });
    for (const other of ['one', 'operator']) {
      expect(codeOf(await control(other, '{ exchangeFeed { cursor } }'))).toBe('FORBIDDEN');
      expect(codeOf(await control(other, confirm, { input }))).toBe('FORBIDDEN');
    }
  });
});

describe('The graph', () => {
  const id = encodeRecordId({ system: 'one', type: dataset?.type ?? '', key: 'A' });

  test('tells a record’s history, what changed, and how it stood', async () => {
    const entry = entryOf({ dataset: code, key: 'A', position: 4, version: 2, fields: { NOTE: 'other' } });
    await takePage(made.store, pageOf('one', [entry]));
    const { data } = await graph(
      'query ($id: ID!, $past: DateTime!, $now: DateTime!) { recordHistory(id: $id) { key system { code name } versions { version state changes { field before after } } } past: recordAsOf(id: $id, at: $past) { version } now: recordAsOf(id: $id, at: $now) { version } }',
      { id, past: '2020-01-01T00:00:00Z', now: '2100-01-01T00:00:00Z' },
    );
    const versions = [
      { version: 2, state: 'ACCEPTED', changes: [{ field: 'NOTE', before: 'A', after: 'other' }] },
      { version: 1, state: 'ACCEPTED', changes: [{ field: 'NOTE', before: null, after: 'A' }] },
    ];
    expect(data).toEqual({
      recordHistory: { key: 'A', system: { code: 'one', name: '系统一' }, versions },
      past: null,
      now: { version: 2 },
    });
  });

  test('tells three states of every record, and knows no record that is none', async () => {
    const unknown = encodeRecordId({ system: 'one', type: dataset?.type ?? '', key: 'none' });
    const { data } = await graph('query ($id: ID!) { recordStates(id: $id) { level state } recordHistory(id: $id) { key } }', {
      id: unknown,
    });
    const none = ['CITY', 'PROVINCE', 'NATION'].map((level) => ({ level, state: 'NONE' }));
    expect(data).toEqual({ recordStates: none, recordHistory: null });
    expect(codeOf(await graph('{ recordStates(id: "what") { level } }'))).toBe('ID_INVALID');
  });

  test('names codes that two systems hold as their own', async () => {
    const own = trade?.contract.datasets.find(({ byCode }) => byCode !== undefined);
    const field = own?.fields.find(({ name }) => name === own.byCode)?.wire[0]?.code ?? '';
    const fields = { [field]: 'E9900000000000009' };
    for (const [place, system] of ['three', 'four'].entries()) {
      await takePage(made.store, pageOf(system, [entryOf({ dataset: own?.code ?? '', key: `K${place}`, fields })]));
    }
    const { data } = await graph('{ originConflicts { dataset field code records { system { code } key } } }');
    const records = ['three', 'four'].map((system, place) => ({ system: { code: system }, key: `K${place}` }));
    expect(data).toEqual({ originConflicts: [{ dataset: own?.code, field, code: 'E9900000000000009', records }] });
  });

  test('tells an entry’s warnings in words', async () => {
    const { data } = await graph('{ exchangeFeed(first: 1) { entries { warnings { rule severity messageZh } } } }');
    const warning = { rule: 'REQUIRED_MISSING', severity: 'WARNING', messageZh: '必填字段缺失。' };
    expect(data).toEqual({ exchangeFeed: { entries: [{ warnings: expect.arrayContaining([warning]) }] } });
  });

  test('goes on whatever address a stranger asks for', async () => {
    expect((await fetch(`${exchange.origin}//`)).status).toBe(405);
    expect((await fetch(`${exchange.origin}/health`)).status).toBe(200);
  });

  test('is for gateways, and its health for everybody', async () => {
    const refused = await fetch(exchange.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ exchangeSources { state } }"}',
    });
    expect(refused.status).toBe(401);
    const { data } = await graph('{ exchangeSources { system { name } } }');
    expect(data).toMatchObject({ exchangeSources: expect.arrayContaining([{ system: { name: '系统一' } }]) });
    const health = await fetch(`${exchange.origin}/health`);
    expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ ok: true, faulty: [] })]);
  });
});

const answer = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).optional(),
});
type Answer = z.output<typeof answer>;

function control(signer: string, query: string, variables: object = {}): Promise<Answer> {
  const key = signer === 'nation' ? nation : keys[signer];
  if (key === undefined) throw new Error(`no key of ${signer}`);
  return post(`${exchange.origin}/control`, { query, variables }, createSigner({ key, issuer: signer }));
}

function graph(query: string, variables: object = {}): Promise<Answer> {
  return post(exchange.url, { query, variables }, createSigner({ key: gateway, issuer: gatewayIssuer }));
}

async function post(url: string, question: object, signer: ReturnType<typeof createSigner>): Promise<Answer> {
  const body = JSON.stringify(question);
  const headers = { 'content-type': 'application/json', [signatureHeader]: signer.sign('exchange', body) };
  return answer.parse(await (await fetch(url, { method: 'POST', headers, body })).json());
}

function codeOf({ errors }: Answer): string | undefined {
  return errors?.[0]?.extensions.code;
}

async function askFeed(): Promise<number> {
  const { data } = await control('nation', '{ exchangeFeed(first: 1) { head } }');
  return z.object({ exchangeFeed: z.object({ head: z.number() }) }).parse(data).exchangeFeed.head;
}
