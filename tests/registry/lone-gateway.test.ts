/**
 * A gateway on its own that follows a registry, as an operator starts it on another machine: it routes by the registry, answers
 * its part of the graph, and starts and serves by its copy when the registry is down. @see gateway/README «Following a registry»
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { privateJwkOf } from '@hub/kit/process';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { type Reply, ask } from '../support/ask.ts';
import { startFederation } from '../support/federation.ts';
import { gatewayKey } from '../support/gateway-key.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { type HubProcess, runHub } from '../support/hub-process.ts';
import { at } from '../support/parse-json.ts';
import { followedRegistry } from '../support/registry-of.ts';

let home: string;
beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-lone-'))));
afterEach(() => rm(home, { recursive: true, force: true }));

test('follows it by two flags, and serves on without it, started anew too', { timeout: 120_000 }, async () => {
  await using federation = await startFederation({ province: generatedProvince(2) });
  const followed = await followedRegistry(federation);
  await followed.publishAll();
  const [keyFile, registryKey] = [join(home, 'key.json'), join(home, 'registry.json')];
  await writeFile(keyFile, JSON.stringify(privateJwkOf(gatewayKey)), { mode: 0o600 });
  await writeFile(registryKey, JSON.stringify(followed.registry.publicKey));
  const start = (): HubProcess =>
    runHub(['gateway', '--registry', followed.registry.origin, '--registry-key', registryKey, '--port', '0'], {
      NODE_ENV: 'development',
      HUB_ALLOW_LOOPBACK: '1',
      HUB_DATA_DIR: join(home, 'data'),
      HUB_GATEWAY_KEY_FILE: keyFile,
    });
  const complete = { notices: { coverage: { complete: true, answered: [{ code: 's00' }, { code: 's01' }] } } };

  await using first = start();
  const url = await first.ready;
  expect((await asked(url, notices)).data).toEqual(complete);
  expect((await asked(url, '{ systems { code owner } }')).data).toEqual({
    systems: federation.province.systems.map(({ code, owner }) => ({ code, owner: owner.name })),
  });
  expect(await reached(url)).toBe(true);

  await followed[Symbol.asyncDispose]();
  expect((await asked(url, notices)).data).toEqual(complete);
  first.interrupt();
  expect(await first.ended).toMatchObject({ code: 0 });

  await using second = start();
  const again = await second.ready;
  expect((await asked(again, notices)).data).toEqual(complete);
  expect(await reached(again)).toBe(false);
});

test('a registry without its key is refused in one line', { timeout: 60_000 }, async () => {
  await using gateway = runHub(['gateway', '--registry', 'http://127.0.0.1:1'], { HUB_DATA_DIR: join(home, 'data') });
  const { code, stderr } = await gateway.ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^✗ 跟随登记处须同时给出网址和公钥：--registry.*\[CONFIG_INVALID\]\n$/);
});

const notices = '{ notices(first: 1) { coverage { complete answered { code } } } }';

function asked(url: string, query: string): Promise<Reply> {
  return ask(`${url}/graphql`, { query });
}

async function reached(url: string): Promise<unknown> {
  return at(await (await fetch(`${url}/health/ready`)).json(), 'registry', 'reached');
}
