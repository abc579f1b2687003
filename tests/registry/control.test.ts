/**
 * Who may publish what: a key stands for one system and the contracts it may serve, an operator's for all.
 * @see schema/PROTOCOL.md 10; subgraphs/registry/src/control/control.graphql
 */
import { createSigner, createSigningKey, manualClock, type SigningKey } from '@hub/kit/process';
import { openTestDatabase, type TestDatabase } from '@hub/kit/testing';
import { type Registry, startRegistry } from '@hub/registry';
import { law, serveContracts } from '@hub/schema';
import { print } from 'graphql';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type ControlAsker, sendControl } from '../support/control.ts';
import { gatewayKey, gatewayTrust } from '../support/gateway-key.ts';
import { at } from '../support/parse-json.ts';
import { toyProvince } from '../support/toy-province.ts';

const clock = manualClock(Date.parse('2026-11-22T04:00:00Z'));
const hourMs = 3_600_000;
const keys: Readonly<Record<string, SigningKey>> = {
  operator: createSigningKey(),
  xingcheng: createSigningKey(),
  yuecheng: createSigningKey(),
  'toy-construction': createSigningKey(),
};
const board = print(serveContracts(law().contracts.flatMap(({ contract, served }) => (contract.name === 'board' ? served : []))));
let database: TestDatabase;
let registry: Registry;

beforeEach(async () => {
  database = await openTestDatabase();
  registry = await startRegistry({
    databaseUrl: database.url,
    province: await toyProvince(),
    trust: gatewayTrust,
    port: 0,
    clock,
    onFault: (cause) => expect.fail(String(cause)),
    keys: [
      { role: 'GATEWAY', issuer: 'gateway', jwk: gatewayKey.publicJwk },
      ...Object.entries(keys).map(
        ([issuer, { publicJwk: jwk }]) => ({ role: issuer === 'operator' ? 'OPERATOR' : 'SYSTEM', issuer, jwk }) as const,
      ),
    ],
  });
});
afterEach(async () => {
  await registry[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** By the registry's clock. */
function as(issuer: string, key = keys[issuer]): ControlAsker {
  if (key === undefined) throw new Error(`no key of ${issuer}`);
  const signer = createSigner({ key, issuer, clock });
  return (query, variables = {}) => {
    const body = JSON.stringify({ query, variables });
    return sendControl(registry.origin, { body, signature: signer.sign('registry', body) });
  };
}

const publish = `mutation ($input: PublishInput!) { publishSystem(input: $input) {
  published position findings { code element } system { code state endpoint contracts version onboarding } } }`;
const endpoint = 'http://127.0.0.1:5999/graphql';

describe('A system publishes', () => {
  test('with its own key: endpoint, contracts and SDL are in force, and the history tells who and with which key', async () => {
    const input = { system: 'xingcheng', endpoint, contracts: ['board'], sdl: board };
    const { data, errors } = await as('xingcheng')(publish, { input });
    expect(errors).toEqual([]);
    expect(at(data, 'publishSystem')).toEqual({
      published: true,
      position: expect.any(Number),
      findings: [],
      system: { code: 'xingcheng', state: 'PUBLISHED', endpoint, contracts: ['board'], version: 1, onboarding: 'PUBLISHED' },
    });
    const { data: told } = await as('xingcheng')(
      '{ history(system: "xingcheng") { position who kid what } versions(system: "xingcheng") { number current contracts sdl } checks(system: "xingcheng") { passed } }',
    );
    expect(told).toEqual({
      history: [
        { position: expect.any(Number), who: 'registry', kid: null, what: 'SEEDED' },
        { position: expect.any(Number), who: 'registry', kid: keys['xingcheng']?.kid, what: 'KEY_ADDED' },
        { position: at(data, 'publishSystem', 'position'), who: 'xingcheng', kid: keys['xingcheng']?.kid, what: 'PUBLISHED' },
      ],
      versions: [{ number: 1, current: true, contracts: ['board'], sdl: board }],
      checks: [{ passed: true }],
    });
    const again = await as('xingcheng')(publish, { input });
    expect(at(again.data, 'publishSystem')).toMatchObject({ published: true, position: null, system: { version: 1 } });
  });

  test('a dry run changes nothing but the record of checks', async () => {
    const input = { system: 'xingcheng', endpoint, contracts: ['board'], sdl: board, dryRun: true };
    const { data } = await as('xingcheng')(publish, { input });
    expect(at(data, 'publishSystem')).toMatchObject({ published: false, position: null, system: { endpoint: null, version: null } });
    const { data: told } = await as('xingcheng')('{ versions(system: "xingcheng") { number } checks(system: "xingcheng") { passed } }');
    expect(told).toEqual({ versions: [], checks: [{ passed: true }] });
  });

  test('only its own: every key is refused for every other system, whatever it asks', async () => {
    const attempts = [
      ['publishSystem(input: { system: "$", endpoint: "http://127.0.0.1:1/" }) { published }'],
      ['withdrawSystem(system: "$") { code }'],
      ['republishSystem(system: "$") { code }'],
      ['rollbackSystem(system: "$", version: 1) { code }'],
      [`rotateKey(system: "$", key: { kty: "OKP", crv: "Ed25519", x: "${createSigningKey().publicJwk.x}" }) { kid }`],
    ].flat();
    const codes: unknown[] = [];
    for (const issuer of ['xingcheng', 'yuecheng', 'toy-construction']) {
      for (const other of ['xingcheng', 'yuecheng', 'toy-construction'].filter((code) => code !== issuer)) {
        for (const attempt of attempts) {
          const { errors } = await as(issuer)(`mutation { ${attempt.replace('$', other)} }`);
          codes.push(...errors.map(({ code }) => code));
        }
        for (const field of ['keys', 'versions', 'checks', 'history', 'health']) {
          const { errors } = await as(issuer)(`{ ${field}(system: "${other}") { __typename } }`);
          codes.push(...errors.map(({ code }) => code));
        }
        const { errors } = await as(issuer)(`mutation { revokeKey(kid: "${keys[other]?.kid ?? ''}") { kid } }`);
        codes.push(...errors.map(({ code }) => code));
      }
    }
    expect(codes).toEqual(Array.from({ length: 3 * 2 * 11 }, () => 'FORBIDDEN'));
    const { data } = await as('operator')('{ history { who } }');
    expect(new Set([at(data, 'history')].flat().map((event) => at(event, 'who')))).toEqual(new Set(['registry']));
  });

  test('an address that is none, a contract there is not, a register another holds, a query of nonsense: each its code, Chinese first', async () => {
    const wrong = async (input: object) => (await as('xingcheng')(publish, { input: { system: 'xingcheng', ...input } })).errors[0];
    expect(await wrong({ endpoint: 'file:///etc/passwd' })).toEqual({
      code: 'REGISTRATION_INVALID',
      message: 'GraphQL 地址（endpoint）应为 http 或 https 网址，不含用户名、密码和 #。',
      messageEn: 'The endpoint is an http or https URL, without user, password or #.',
    });
    expect(await wrong({ endpoint: 'http://me:secret@127.0.0.1/' })).toMatchObject({ code: 'REGISTRATION_INVALID' });
    expect(await wrong({ endpoint, contracts: ['board', 'nonsense'] })).toMatchObject({ code: 'REGISTRATION_INVALID' });
    expect(await wrong({ endpoint, contracts: [] })).toMatchObject({ code: 'REGISTRATION_INVALID' });
    const holder = { system: 'yuecheng', endpoint, contracts: ['market'] };
    expect((await as('yuecheng')(publish, { input: holder })).errors).toEqual([]);
    expect(await wrong({ endpoint, contracts: ['market'] })).toMatchObject({
      code: 'REGISTRATION_INVALID',
      message: expect.stringContaining('现由 yuecheng 提供'),
    });
    expect((await as('xingcheng')('{ nothing }')).errors[0]?.code).toBe('QUERY_INVALID');
  });
});

describe('A request is believed', () => {
  const body = JSON.stringify({ query: '{ whoami { name role kid contracts } }' });
  const signed = (issuer: string, key: SigningKey | undefined) =>
    key === undefined ? undefined : createSigner({ key, issuer, clock }).sign('registry', body);

  test('for its key alone, and once: of 1,000 replays none more', { timeout: 60_000 }, async () => {
    const signature = signed('xingcheng', keys['xingcheng']);
    const replies = await Promise.all(Array.from({ length: 1000 }, () => sendControl(registry.origin, { body, signature })));
    const taken = replies.filter(({ status }) => status === 200);
    expect(taken.map(({ data }) => data)).toEqual([
      { whoami: { name: 'xingcheng', role: 'SYSTEM', kid: keys['xingcheng']?.kid, contracts: null } },
    ]);
    expect(new Set(replies.flatMap(({ errors }) => errors.map(({ code }) => code)))).toEqual(new Set(['UNAUTHENTICATED']));
  });

  test('not without a signature, with an unknown key, in another name, or over another body', async () => {
    const forged = [
      { body },
      { body, signature: signed('xingcheng', createSigningKey()) },
      { body, signature: signed('operator', keys['xingcheng']) },
      { body: body.replace('kid ', ''), signature: signed('xingcheng', keys['xingcheng']) },
    ];
    for (const request of forged) {
      expect(await sendControl(registry.origin, request)).toMatchObject({ status: 401, errors: [{ code: 'UNAUTHENTICATED' }] });
    }
  });

  test('a gateway may report what it sees and wait for routing, and nothing else; nobody else may wait', async () => {
    const gateway = as('gateway', gatewayKey);
    const report =
      'mutation { reportHealth(reports: [{ system: "xingcheng", ok: false, reason: "TIMEOUT" }, { system: "nowhere", ok: true }]) }';
    expect(await gateway(report)).toMatchObject({ data: { reportHealth: true } });
    expect((await gateway('mutation { withdrawSystem(system: "xingcheng") { code } }')).errors[0]?.code).toBe('FORBIDDEN');
    expect((await as('xingcheng')(report)).errors[0]?.code).toBe('FORBIDDEN');
    const { data } = await as('xingcheng')('{ health(system: "xingcheng") { gateway ok reason lastContactAt } }');
    expect(data).toEqual({ health: [{ gateway: gatewayKey.kid, ok: false, reason: 'TIMEOUT', lastContactAt: null }] });
    const signature = createSigner({ key: keys['xingcheng'] ?? createSigningKey(), issuer: 'xingcheng', clock }).sign('registry', '');
    const answer = await fetch(`${registry.origin}/routing`, { headers: { 'hub-signature': signature } });
    expect(answer.status).toBe(403);
  });
});

describe('Keys', () => {
  const rotate = `mutation ($key: PublicKeyInput!) { rotateKey(system: "xingcheng", key: $key, overlapHours: 2) { kid valid until } }`;
  const who = '{ whoami { kid } }';

  test('the new one is good at once, the old one for the overlap', async () => {
    const next = createSigningKey();
    expect(await as('xingcheng')(rotate, { key: next.publicJwk })).toMatchObject({
      data: { rotateKey: { kid: next.kid, valid: true, until: null } },
    });
    expect((await as('xingcheng', next)(who)).data).toEqual({ whoami: { kid: next.kid } });
    expect((await as('xingcheng')(who)).errors).toEqual([]);
    clock.advance(2 * hourMs);
    expect((await as('xingcheng')(who)).errors[0]?.code).toBe('UNAUTHENTICATED');
    expect((await as('xingcheng', next)(who)).errors).toEqual([]);
  });

  test('a revoked one is good no more; a key is never registered twice; a private one is not taken', async () => {
    const next = createSigningKey();
    await as('xingcheng')(rotate, { key: next.publicJwk });
    expect((await as('xingcheng', next)(`mutation { revokeKey(kid: "${keys['xingcheng']?.kid ?? ''}") { valid } }`)).data).toEqual({
      revokeKey: { valid: false },
    });
    expect((await as('xingcheng')(who)).errors[0]?.code).toBe('UNAUTHENTICATED');
    expect((await as('xingcheng', next)(rotate, { key: keys['yuecheng']?.publicJwk })).errors[0]?.code).toBe('REGISTRATION_INVALID');
    expect((await as('xingcheng', next)(rotate, { key: { ...createSigningKey().publicJwk, d: 'secret' } })).errors[0]?.code).toBe(
      'QUERY_INVALID',
    );
  });
});

describe('An operator', () => {
  const register = `mutation ($input: RegisterInput!) { registerSystem(input: $input) { code state onboarding } }`;
  const newcomer = {
    code: 'newcity',
    name: '新城公共资源交易中心',
    nameEn: 'New City',
    owner: '新城市人民政府',
    region: '990100',
    contracts: ['board'],
  };

  test('registers a system, which then publishes itself; it is routed to from its first publication on', async () => {
    const key = createSigningKey();
    const input = { ...newcomer, key: key.publicJwk };
    expect((await as('xingcheng')(register, { input })).errors[0]?.code).toBe('FORBIDDEN');
    expect((await as('operator')(register, { input })).data).toEqual({
      registerSystem: { code: 'newcity', state: 'DRAFT', onboarding: 'KEY_KNOWN' },
    });
    expect((await as('operator')(register, { input: { ...input, key: createSigningKey().publicJwk } })).errors[0]?.message).toBe(
      '代码 newcity 已被登记，代码永不复用。',
    );
    expect((await as('newcity', key)(publish, { input: { system: 'newcity', endpoint } })).errors[0]?.message).toBe('首次发布须附上 SDL。');
    const { data } = await as('newcity', key)(publish, { input: { system: 'newcity', endpoint, sdl: board } });
    expect(at(data, 'publishSystem', 'system')).toMatchObject({ state: 'PUBLISHED', version: 1 });
  });

  test('cannot register what signatures call others by, or what is no code', async () => {
    for (const code of ['gateway', 'registry', 'operator', 'New', '']) {
      const { errors } = await as('operator')(register, { input: { ...newcomer, code, key: createSigningKey().publicJwk } });
      expect(errors[0]?.code).toBe('REGISTRATION_INVALID');
    }
  });
});

describe('A system leaves and comes back', () => {
  test('a withdrawal is not undone by publishing, only by republishing', async () => {
    await as('xingcheng')(publish, { input: { system: 'xingcheng', endpoint } });
    expect((await as('xingcheng')('mutation { withdrawSystem(system: "xingcheng", reason: "moving") { state onboarding } }')).data).toEqual(
      {
        withdrawSystem: { state: 'WITHDRAWN', onboarding: 'LEFT' },
      },
    );
    const moved = await as('xingcheng')(publish, { input: { system: 'xingcheng', endpoint: `${endpoint}/2` } });
    expect(at(moved.data, 'publishSystem', 'system')).toMatchObject({ state: 'WITHDRAWN', endpoint: `${endpoint}/2` });
    expect((await as('xingcheng')('mutation { republishSystem(system: "xingcheng") { state endpoint } }')).data).toEqual({
      republishSystem: { state: 'PUBLISHED', endpoint: `${endpoint}/2` },
    });
  });

  test('goes back to an earlier version with its contracts', async () => {
    const both = print(
      serveContracts(law().contracts.flatMap(({ contract, served }) => (['board', 'land'].includes(contract.name) ? served : []))),
    );
    await as('xingcheng')(publish, { input: { system: 'xingcheng', endpoint, contracts: ['board'], sdl: board } });
    await as('xingcheng')(publish, { input: { system: 'xingcheng', contracts: ['board', 'land'], sdl: both } });
    expect((await as('xingcheng')('mutation { rollbackSystem(system: "xingcheng", version: 1) { version contracts } }')).data).toEqual({
      rollbackSystem: { version: 1, contracts: ['board'] },
    });
    expect((await as('xingcheng')('mutation { rollbackSystem(system: "xingcheng", version: 3) { version } }')).errors[0]?.code).toBe(
      'REGISTRATION_INVALID',
    );
  });
});

describe('The history', () => {
  test('has dense positions even when everybody changes something at once, and is never changed', async () => {
    const others = ['xingcheng', 'yuecheng', 'toy-construction'];
    await Promise.all(
      Array.from({ length: 30 }, (_, turn) =>
        as(others[turn % 3] ?? '')(publish, { input: { system: others[turn % 3], endpoint: `${endpoint}/${turn}` } }),
      ),
    );
    const { data } = await as('operator')('{ history(first: 500) { position } }');
    const positions = [at(data, 'history')].flat().map((event) => at(event, 'position'));
    expect(positions).toEqual(Array.from({ length: positions.length }, (_, index) => index + 1));
    const sql = postgres(database.url, { max: 1 });
    await expect(sql`update registry_history set who = 'nobody'`).rejects.toThrow('append-only');
    await expect(sql`delete from registry_history`).rejects.toThrow('append-only');
    await sql.end();
  });
});
