/**
 * What a system publishes, and for whom: a key stands for one system and the contracts it may serve.
 * @see schema/PROTOCOL.md 11; subgraphs/registry/src/control/control.graphql
 */
import { createSigningKey } from '@hub/kit/process';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { at } from '../support/parse-json.ts';
import { endpoint, keys, publish, sdlOf, startToyRegistry, type ToyRegistry } from '../support/toy-registry.ts';

const board = sdlOf('board');
const systems = ['xingcheng', 'yuecheng', 'toy-construction'] as const;
let toy: ToyRegistry;

beforeEach(async () => void (toy = await startToyRegistry()));
afterEach(() => toy[Symbol.asyncDispose]());

describe('A system publishes', () => {
  test('with its own key: endpoint, contracts and SDL are in force, and the history tells who and with which key', async () => {
    const input = { system: 'xingcheng', endpoint, contracts: ['board'], sdl: board };
    const { data, errors } = await toy.as('xingcheng')(publish, { input });
    expect(errors).toEqual([]);
    expect(at(data, 'publishSystem')).toEqual({
      published: true,
      position: expect.any(Number),
      findings: [],
      system: { code: 'xingcheng', state: 'PUBLISHED', endpoint, contracts: ['board'], version: 1, onboarding: 'PUBLISHED' },
    });
    const { data: told } = await toy.as('xingcheng')(
      '{ history(system: "xingcheng") { position who kid what } versions(system: "xingcheng") { number current contracts sdl } checks(system: "xingcheng") { passed } }',
    );
    expect(told).toEqual({
      history: [
        { position: expect.any(Number), who: 'registry', kid: null, what: 'SEEDED' },
        { position: expect.any(Number), who: 'registry', kid: keys.xingcheng.kid, what: 'KEY_ADDED' },
        { position: at(data, 'publishSystem', 'position'), who: 'xingcheng', kid: keys.xingcheng.kid, what: 'PUBLISHED' },
      ],
      versions: [{ number: 1, current: true, contracts: ['board'], sdl: board }],
      checks: [{ passed: true }],
    });
    const again = await toy.as('xingcheng')(publish, { input });
    expect(at(again.data, 'publishSystem')).toMatchObject({ published: true, position: null, system: { version: 1 } });
  });

  test('a dry run changes nothing but the record of checks', async () => {
    const input = { system: 'xingcheng', endpoint, contracts: ['board'], sdl: board, dryRun: true };
    const { data } = await toy.as('xingcheng')(publish, { input });
    expect(at(data, 'publishSystem')).toMatchObject({ published: false, position: null, system: { endpoint: null, version: null } });
    const { data: told } = await toy.as('xingcheng')('{ versions(system: "xingcheng") { number } checks(system: "xingcheng") { passed } }');
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
    for (const issuer of systems) {
      for (const other of systems.filter((code) => code !== issuer)) {
        for (const attempt of attempts) {
          const { errors } = await toy.as(issuer)(`mutation { ${attempt.replace('$', other)} }`);
          codes.push(...errors.map(({ code }) => code));
        }
        for (const field of ['keys', 'versions', 'checks', 'history', 'health']) {
          const { errors } = await toy.as(issuer)(`{ ${field}(system: "${other}") { __typename } }`);
          codes.push(...errors.map(({ code }) => code));
        }
        const { errors } = await toy.as(issuer)(`mutation { revokeKey(kid: "${keys[other].kid}") { kid } }`);
        codes.push(...errors.map(({ code }) => code));
      }
    }
    expect(codes).toEqual(Array.from({ length: 3 * 2 * 11 }, () => 'FORBIDDEN'));
    const { data } = await toy.as('operator')('{ history { who } }');
    expect(new Set([at(data, 'history')].flat().map((event) => at(event, 'who')))).toEqual(new Set(['registry']));
  });

  test('an address that is none, a contract there is not, a register another holds, a query of nonsense: each its code, Chinese first', async () => {
    const wrong = async (input: object) => (await toy.as('xingcheng')(publish, { input: { system: 'xingcheng', ...input } })).errors[0];
    expect(await wrong({ endpoint: 'file:///etc/passwd' })).toMatchObject({
      code: 'REGISTRATION_INVALID',
      message: expect.stringMatching(/^GraphQL 地址（endpoint）不可用：须为 https/),
      messageEn: expect.stringMatching(/^The endpoint cannot be used: must be https/),
    });
    expect(await wrong({ endpoint: 'https://169.254.169.254/latest' })).toMatchObject({ code: 'REGISTRATION_INVALID' });
    expect(await wrong({ endpoint: 'http://me:secret@127.0.0.1/' })).toMatchObject({ code: 'REGISTRATION_INVALID' });
    expect(await wrong({ endpoint, contracts: ['board', 'nonsense'] })).toMatchObject({ code: 'REGISTRATION_INVALID' });
    expect(await wrong({ endpoint, contracts: [] })).toMatchObject({ code: 'REGISTRATION_INVALID' });
    const holder = { system: 'yuecheng', endpoint, contracts: ['market'] };
    expect((await toy.as('yuecheng')(publish, { input: holder })).errors).toEqual([]);
    expect(await wrong({ endpoint, contracts: ['market'] })).toMatchObject({
      code: 'REGISTRATION_INVALID',
      message: expect.stringContaining('现由 yuecheng 提供'),
    });
    expect((await toy.as('xingcheng')('{ nothing }')).errors[0]?.code).toBe('QUERY_INVALID');
  });
});

describe('Which contracts a system may serve', () => {
  const allow = 'mutation ($contracts: [String!]!) { allowContracts(system: "xingcheng", contracts: $contracts) { kid contracts valid } }';
  const serve = async (...contracts: readonly string[]): Promise<unknown> => {
    const { data, errors } = await toy.as('xingcheng')(publish, {
      input: { system: 'xingcheng', endpoint, contracts, sdl: sdlOf(...contracts) },
    });
    return errors[0]?.code ?? at(data, 'publishSystem', 'published');
  };

  test('an operator says, and no system of itself', async () => {
    expect((await toy.as('operator')(allow, { contracts: ['board'] })).data).toEqual({
      allowContracts: [{ kid: keys.xingcheng.kid, contracts: ['board'], valid: true }],
    });
    expect(await serve('board')).toBe(true);
    expect(await serve('board', 'construction')).toBe('FORBIDDEN');
    expect((await toy.as('xingcheng')(allow, { contracts: ['board', 'construction'] })).errors[0]?.code).toBe('FORBIDDEN');
    expect(await serve('board', 'construction')).toBe('FORBIDDEN');
    await toy.as('operator')(allow, { contracts: ['board', 'construction'] });
    expect(await serve('board', 'construction')).toBe(true);
    const { data } = await toy.as('operator')('{ history(system: "xingcheng") { who what detail } }');
    expect([at(data, 'history')].flat().filter((event) => at(event, 'what') === 'KEY_ALLOWED')).toEqual(
      [['board'], ['board', 'construction']].map((contracts) => ({
        who: 'operator',
        what: 'KEY_ALLOWED',
        detail: JSON.stringify({ keys: [keys.xingcheng.kid], contracts }),
      })),
    );
  });

  test('there must be such contracts', async () => {
    expect((await toy.as('operator')(allow, { contracts: ['board', 'nonsense'] })).errors[0]?.code).toBe('REGISTRATION_INVALID');
    expect((await toy.as('operator')(allow, { contracts: [] })).errors[0]?.code).toBe('REGISTRATION_INVALID');
  });
});

describe('A system leaves and comes back', () => {
  test('a withdrawal is not undone by publishing, only by republishing', async () => {
    await toy.as('xingcheng')(publish, { input: { system: 'xingcheng', endpoint } });
    expect(
      (await toy.as('xingcheng')('mutation { withdrawSystem(system: "xingcheng", reason: "moving") { state onboarding } }')).data,
    ).toEqual({
      withdrawSystem: { state: 'WITHDRAWN', onboarding: 'LEFT' },
    });
    const moved = await toy.as('xingcheng')(publish, { input: { system: 'xingcheng', endpoint: `${endpoint}/2` } });
    expect(at(moved.data, 'publishSystem', 'system')).toMatchObject({ state: 'WITHDRAWN', endpoint: `${endpoint}/2` });
    expect((await toy.as('xingcheng')('mutation { republishSystem(system: "xingcheng") { state endpoint } }')).data).toEqual({
      republishSystem: { state: 'PUBLISHED', endpoint: `${endpoint}/2` },
    });
  });

  test('goes back to an earlier version with its contracts', async () => {
    const both = sdlOf('board', 'land');
    await toy.as('xingcheng')(publish, { input: { system: 'xingcheng', endpoint, contracts: ['board'], sdl: board } });
    await toy.as('xingcheng')(publish, { input: { system: 'xingcheng', contracts: ['board', 'land'], sdl: both } });
    expect((await toy.as('xingcheng')('mutation { rollbackSystem(system: "xingcheng", version: 1) { version contracts } }')).data).toEqual({
      rollbackSystem: { version: 1, contracts: ['board'] },
    });
    expect((await toy.as('xingcheng')('mutation { rollbackSystem(system: "xingcheng", version: 3) { version } }')).errors[0]?.code).toBe(
      'REGISTRATION_INVALID',
    );
  });
});
