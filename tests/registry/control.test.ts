/**
 * Who is believed at the registry, with which keys, and what is kept of it.
 * @see schema/PROTOCOL.md 10, 11; subgraphs/registry/src/control/control.graphql
 */
import { createSigner, createSigningKey, type SigningKey } from '@hub/kit/process';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type ControlReply, sendControl } from '../support/control.ts';
import { gatewayKey } from '../support/gateway-key.ts';
import { at } from '../support/parse-json.ts';
import { clock, endpoint, keys, publish, sdlOf, startToyRegistry, type ToyRegistry } from '../support/toy-registry.ts';

const hourMs = 3_600_000;
const board = sdlOf('board');
let toy: ToyRegistry;

beforeEach(async () => void (toy = await startToyRegistry()));
afterEach(() => toy[Symbol.asyncDispose]());

describe('A request is believed', () => {
  const body = JSON.stringify({ query: '{ whoami { name role kid contracts } }' });
  const signed = (issuer: string, key: SigningKey): string => createSigner({ key, issuer, clock }).sign('registry', body);

  test('for its key alone, and once: of 1,000 replays none more', { timeout: 60_000 }, async () => {
    const signature = signed('xingcheng', keys.xingcheng);
    const replies: ControlReply[] = [];
    for (let round = 0; round < 20; round++) {
      replies.push(...(await Promise.all(Array.from({ length: 50 }, () => sendControl(toy.registry.origin, { body, signature })))));
    }
    const taken = replies.filter(({ status }) => status === 200);
    expect(taken.map(({ data }) => data)).toEqual([
      { whoami: { name: 'xingcheng', role: 'SYSTEM', kid: keys.xingcheng.kid, contracts: null } },
    ]);
    expect(new Set(replies.flatMap(({ errors }) => errors.map(({ code }) => code)))).toEqual(new Set(['UNAUTHENTICATED']));
  });

  test('not without a signature, with an unknown key, in another name, or over another body', async () => {
    const forged = [
      { body },
      { body, signature: signed('xingcheng', createSigningKey()) },
      { body, signature: signed('operator', keys.xingcheng) },
      { body: body.replace('kid ', ''), signature: signed('xingcheng', keys.xingcheng) },
    ];
    for (const request of forged) {
      expect(await sendControl(toy.registry.origin, request)).toMatchObject({ status: 401, errors: [{ code: 'UNAUTHENTICATED' }] });
    }
  });

  test('a gateway may report what it sees and wait for routing, and nothing else; nobody else may wait', async () => {
    const gateway = toy.with('gateway', gatewayKey);
    const report =
      'mutation { reportHealth(reports: [{ system: "xingcheng", ok: false, reason: "TIMEOUT" }, { system: "nowhere", ok: true }]) }';
    expect(await gateway(report)).toMatchObject({ data: { reportHealth: true } });
    expect((await gateway('mutation { withdrawSystem(system: "xingcheng") { code } }')).errors[0]?.code).toBe('FORBIDDEN');
    expect((await toy.as('xingcheng')(report)).errors[0]?.code).toBe('FORBIDDEN');
    const { data } = await toy.as('xingcheng')('{ health(system: "xingcheng") { gateway ok reason lastContactAt } }');
    expect(data).toEqual({ health: [{ gateway: gatewayKey.kid, ok: false, reason: 'TIMEOUT', lastContactAt: null }] });
    const signature = createSigner({ key: keys.xingcheng, issuer: 'xingcheng', clock }).sign('registry', '');
    const answer = await fetch(`${toy.registry.origin}/routing`, { headers: { 'hub-signature': signature } });
    expect(answer.status).toBe(403);
  });
});

describe('Keys', () => {
  const rotate = `mutation ($key: PublicKeyInput!) { rotateKey(system: "xingcheng", key: $key, overlapHours: 2) { kid valid until } }`;
  const who = '{ whoami { kid } }';

  test('the new one is good at once, the old one for the overlap', async () => {
    const next = createSigningKey();
    expect(await toy.as('xingcheng')(rotate, { key: next.publicJwk })).toMatchObject({
      data: { rotateKey: { kid: next.kid, valid: true, until: null } },
    });
    expect((await toy.with('xingcheng', next)(who)).data).toEqual({ whoami: { kid: next.kid } });
    expect((await toy.as('xingcheng')(who)).errors).toEqual([]);
    clock.advance(2 * hourMs);
    expect((await toy.as('xingcheng')(who)).errors[0]?.code).toBe('UNAUTHENTICATED');
    expect((await toy.with('xingcheng', next)(who)).errors).toEqual([]);
  });

  test('a revoked one is good no more; a key is never registered twice; a private one is not taken', async () => {
    const next = createSigningKey();
    await toy.as('xingcheng')(rotate, { key: next.publicJwk });
    expect((await toy.with('xingcheng', next)(`mutation { revokeKey(kid: "${keys.xingcheng.kid}") { valid } }`)).data).toEqual({
      revokeKey: { valid: false },
    });
    expect((await toy.as('xingcheng')(who)).errors[0]?.code).toBe('UNAUTHENTICATED');
    expect((await toy.with('xingcheng', next)(rotate, { key: keys.yuecheng.publicJwk })).errors[0]?.code).toBe('REGISTRATION_INVALID');
    expect((await toy.with('xingcheng', next)(rotate, { key: { ...createSigningKey().publicJwk, d: 'secret' } })).errors[0]?.code).toBe(
      'QUERY_INVALID',
    );
  });

  test('of an operator who leaves is revoked by another, never by itself or by a system', async () => {
    const revoke = `mutation { revokeKey(kid: "${keys['second-operator'].kid}") { valid } }`;
    expect((await toy.as('xingcheng')(revoke)).errors[0]?.code).toBe('FORBIDDEN');
    expect((await toy.as('second-operator')(revoke)).errors[0]?.code).toBe('REGISTRATION_INVALID');
    expect((await toy.as('operator')(revoke)).data).toEqual({ revokeKey: { valid: false } });
    expect((await toy.as('second-operator')(who)).errors[0]?.code).toBe('UNAUTHENTICATED');
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
    expect((await toy.as('xingcheng')(register, { input })).errors[0]?.code).toBe('FORBIDDEN');
    expect((await toy.as('operator')(register, { input })).data).toEqual({
      registerSystem: { code: 'newcity', state: 'DRAFT', onboarding: 'KEY_KNOWN' },
    });
    expect((await toy.as('operator')(register, { input: { ...input, key: createSigningKey().publicJwk } })).errors[0]?.message).toBe(
      '代码 newcity 已被登记，代码永不复用。',
    );
    expect((await toy.with('newcity', key)(publish, { input: { system: 'newcity', endpoint } })).errors[0]?.message).toBe(
      '首次发布须附上 SDL。',
    );
    const { data } = await toy.with('newcity', key)(publish, { input: { system: 'newcity', endpoint, sdl: board } });
    expect(at(data, 'publishSystem', 'system')).toMatchObject({ state: 'PUBLISHED', version: 1 });
  });

  test('says which contracts a system may serve: its keys serve no other, nor do those that follow them, until an operator makes one', async () => {
    const key = createSigningKey();
    await toy.as('operator')(register, { input: { ...newcomer, key: key.publicJwk } });
    const both = { system: 'newcity', endpoint, contracts: ['board', 'land'], sdl: sdlOf('board', 'land') };
    const rotate = 'mutation ($key: PublicKeyInput!) { rotateKey(system: "newcity", key: $key) { contracts } }';
    const next = createSigningKey();
    expect((await toy.with('newcity', key)(rotate, { key: next.publicJwk })).data).toEqual({ rotateKey: { contracts: ['board'] } });
    for (const own of [key, next]) {
      expect((await toy.with('newcity', own)(publish, { input: both })).errors[0]).toMatchObject({
        code: 'FORBIDDEN',
        message: 'newcity 的这把密钥不能提供契约 land。',
      });
    }
    expect((await toy.with('newcity', next)(publish, { input: { ...both, contracts: ['board'], sdl: board } })).errors).toEqual([]);
    const wide = createSigningKey();
    expect((await toy.as('operator')(rotate, { key: wide.publicJwk })).data).toEqual({ rotateKey: { contracts: null } });
    expect((await toy.with('newcity', wide)(publish, { input: both })).errors).toEqual([]);
  });

  test('cannot register what signatures call others by, or what is no code', async () => {
    for (const code of ['gateway', 'registry', 'operator', 'New', '']) {
      const { errors } = await toy.as('operator')(register, { input: { ...newcomer, code, key: createSigningKey().publicJwk } });
      expect(errors[0]?.code).toBe('REGISTRATION_INVALID');
    }
  });
});

describe('The history', () => {
  test('has dense positions even when everybody changes something at once, and is never changed', async () => {
    const others = ['xingcheng', 'yuecheng', 'toy-construction'] as const;
    await Promise.all(
      Array.from({ length: 30 }, (_, turn) =>
        toy.as(others[turn % 3] ?? 'xingcheng')(publish, { input: { system: others[turn % 3], endpoint: `${endpoint}/${turn}` } }),
      ),
    );
    const { data } = await toy.as('operator')('{ history(first: 500) { position } }');
    const positions = [at(data, 'history')].flat().map((event) => at(event, 'position'));
    expect(positions).toEqual(Array.from({ length: positions.length }, (_, index) => index + 1));
    const sql = postgres(toy.databaseUrl, { max: 1 });
    await expect(sql`update registry_history set who = 'nobody'`).rejects.toThrow('append-only');
    await expect(sql`delete from registry_history`).rejects.toThrow('append-only');
    await sql.end();
  });
});
