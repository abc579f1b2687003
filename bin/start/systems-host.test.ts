import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { SystemsProgress } from './messages.ts';
import { startSystemsHost } from './systems-host.ts';

const order = {
  databaseUrl: 'postgres://127.0.0.1:1/none',
  databaseFolder: null,
  dataDir: 'data',
  provinceDir: 'province',
  registryPort: 0,
  exchangePort: 0,
  allowLoopback: false,
  allowNetworks: [],
  trustedKeys: [],
  scale: 1,
  without: [],
};
const ready = {
  kind: 'ready',
  exchange: { url: 'http://127.0.0.1:4002/graphql', origin: 'http://127.0.0.1:4002' },
  registry: {
    url: 'http://127.0.0.1:1/graphql',
    origin: 'http://127.0.0.1:1',
    publicKey: { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'k', use: 'sig', alg: 'EdDSA' },
  },
  own: [],
  systems: [],
  registryNotes: { changed: [], gone: [], unpublished: [] },
  loaded: 3,
  scales: [1],
} as const;

let folder: string;

beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hub-systems-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('The process of the systems', () => {
  test('gets its order, tells how far it is, and says when it is ready', async () => {
    const told: SystemsProgress[] = [];
    const program = await written(`process.once('message', (order) => {
      process.send({ kind: 'progress', what: order.databaseUrl, done: 1, total: 2 });
      process.send(${JSON.stringify(ready)});
    });`);
    const host = startSystemsHost(order, { program, onProgress: (progress) => told.push(progress) });
    expect(await host.ready).toEqual(ready);
    expect(told).toEqual([{ kind: 'progress', what: order.databaseUrl, done: 1, total: 2 }]);
    await host.ended;
  });

  test('ends when it is told to stop', async () => {
    const program = await written(
      `process.on('message', (word) => word === 'stop' ? process.disconnect() : process.send(${JSON.stringify(ready)}));`,
    );
    const host = startSystemsHost(order, { program, onProgress: () => {} });
    await host.ready;
    await host.close();
    await expect(host.ended).resolves.toBeUndefined();
  });

  test('that cannot start gives its own refusal', async () => {
    const program = await written(
      `process.once('message', () => process.send({ kind: 'failed', code: 'PORT_IN_USE', zh: '端口占用', en: 'port in use' }));`,
    );
    const host = startSystemsHost(order, { program, onProgress: () => {} });
    await expect(host.ready).rejects.toMatchObject({ code: 'PORT_IN_USE', message: '端口占用', messageEn: 'port in use' });
    await host.close();
  });

  test('that ends by itself is an internal fault', async () => {
    const program = await written(`process.once('message', () => process.disconnect());`);
    const host = startSystemsHost(order, { program, onProgress: () => {} });
    await expect(host.ready).rejects.toMatchObject({
      code: 'INTERNAL',
      messageEn: 'The process of the trading systems ended unexpectedly.',
    });
  });
});

async function written(text: string): Promise<string> {
  const program = join(folder, 'program.mjs');
  await writeFile(program, text);
  return program;
}
