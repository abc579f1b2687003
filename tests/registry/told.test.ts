/**
 * What the graph tells of systems: versions, checks in figures, and of their past what everybody may read.
 * @see schema/contracts/registry.graphql
 */
import { manualClock } from '@hub/kit/process';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { ask } from '../support/ask.ts';
import { at } from '../support/parse-json.ts';
import { endpoint, publish, sdlOf, startToyRegistry, type ToyRegistry } from '../support/toy-registry.ts';

const started = '2026-11-22T12:00:00+08:00';
let toy: ToyRegistry;

beforeEach(async () => void (toy = await startToyRegistry(manualClock(Date.parse(started)))));
afterEach(() => toy[Symbol.asyncDispose]());

test('a version, its check in figures, and what happened; where it listens and its keys are nobody’s business', async () => {
  const own = toy.as('xingcheng');
  const input = { system: 'xingcheng', endpoint, contracts: ['board'], sdl: sdlOf('board') };
  await own(publish, { input });
  // Elsewhere at the next start: nothing happened that others need to know.
  await own(publish, { input: { system: 'xingcheng', endpoint: 'http://127.0.0.1:5998/graphql' } });
  await own(publish, { input: { ...input, sdl: 'type Query { nothing: Int }', dryRun: true } });
  await own('mutation { withdrawSystem(system: "xingcheng", reason: "机房搬迁") { state } }');
  const query = `{ system(code: "xingcheng") {
    version versionPublishedAt versions { number publishedAt contracts current sha256 }
    check { checkedAt passed refusals warnings } checks { passed } events { at what version reason } keyValidUntil } }`;
  const { data, errors } = await ask(toy.registry.url, { query, system: 'registry' });
  expect(errors).toEqual([]);
  expect(at(data, 'system')).toEqual({
    version: 1,
    versionPublishedAt: started,
    versions: [{ number: 1, publishedAt: started, contracts: ['board'], current: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    // Of the version in force, whatever was tried since.
    check: { checkedAt: started, passed: true, refusals: 0, warnings: 0 },
    checks: [{ passed: false }, { passed: true }],
    events: [
      { at: started, what: 'WITHDRAWN', version: 1, reason: '机房搬迁' },
      { at: started, what: 'PUBLISHED', version: 1, reason: null },
      { at: started, what: 'REGISTERED', version: null, reason: null },
    ],
    keyValidUntil: null,
  });
});

test('until when a key is good is the end of the last that is', async () => {
  const rotate = (x: string, hours: number): string =>
    `mutation { rotateKey(system: "xingcheng", key: { kty: "OKP", crv: "Ed25519", x: "${x}" }, overlapHours: ${hours}) { kid } }`;
  expect((await toy.as('operator')(rotate('11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', 2))).errors).toEqual([]);
  const until = async (): Promise<unknown> =>
    at((await ask(toy.registry.url, { query: '{ system(code: "xingcheng") { keyValidUntil } }', system: 'registry' })).data, 'system');
  expect(await until()).toEqual({ keyValidUntil: null });
  expect((await toy.as('operator')('mutation { revokeKey(kid: "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k") { kid } }')).errors).toEqual(
    [],
  );
  expect(await until()).toEqual({ keyValidUntil: '2026-11-22T14:00:00+08:00' });
});
