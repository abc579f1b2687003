/**
 * The hub opens sockets to its own configured endpoints and to nothing else; the vendor's telemetry is off before it is imported.
 * @see design/toolchain.md
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { composeServices } from '@apollo/composition';
import { listenOn } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { runHub } from '../support/hub-process.ts';
import { root } from '../support/repository.ts';
import { openStandInNation } from '../support/stand-in-nation.ts';

let home: string;

beforeEach(async () => void (home = await mkdtemp(join(tmpdir(), 'hub-witness-'))));
afterEach(() => rm(home, { recursive: true, force: true }));

describe('Sockets', () => {
  test(
    'from start to end the hub connects only to ports it opened, its database, and the nation, to which it pushes',
    { timeout: 60_000 },
    async () => {
      await using database = await openTestDatabase();
      await using nation = await openStandInNation();
      await using hub = runHub(['start'], {
        HUB_PORT: '0',
        // The exchange, too, is to keep to itself: it runs here.
        HUB_EXCHANGE_URL: '',
        HUB_DATABASE_URL: database.url,
        HUB_NATION_URL: nation.url,
        HUB_DATA_DIR: home,
        HUB_PROVINCE_DIR: `${root}/tests/fixtures/toy-province`,
        ...witness(),
      });
      const url = await hub.ready;
      const asked = await fetch(
        `${url}/graphql?query=${encodeURIComponent('{ notices(first: 5) { totalCount coverage { complete } } systems { code } }')}`,
      );
      expect(await asked.json()).toMatchObject({ data: { notices: { coverage: { complete: true } } } });
      await fetch(url).then((page) => page.text());
      await vi.waitUntil(() => nation.arrived.length > 0, { timeout: 30_000 });
      hub.interrupt();
      expect(await hub.ended).toMatchObject({ code: 0 });
      const seen = await seenByWitness();
      const own = new Set([...seen.listen, new URL(database.url).host, new URL(nation.url).host]);
      expect(seen.connect.length).toBeGreaterThan(3);
      expect(seen.connect.filter((target) => !own.has(target))).toEqual([]);
      expect(seen.lookup).toEqual([]);
      expect(seen.listen.filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);
    },
  );

  test('the gateway alone connects only to the endpoints that its supergraph names', async () => {
    const typeDefs = parse('extend schema @link(url: "https://specs.apollo.dev/federation/v2.3") type Query { hello: String! }');
    const subgraph = createServer((_request, response) => void response.end('{"data":{"hello":"你好"}}'));
    await using opened = new AsyncDisposableStack();
    const endpoint = `127.0.0.1:${await listenOn(subgraph, 0)}`;
    opened.defer(() => void subgraph.close());
    const { supergraphSdl = '' } = composeServices([{ name: 'greeter', url: `http://${endpoint}/graphql`, typeDefs }]);
    await writeFile(join(home, 'supergraph.graphql'), supergraphSdl);
    const gateway = opened.use(runHub(['gateway', '--supergraph', join(home, 'supergraph.graphql'), '--port', '0'], witness()));
    const url = await gateway.ready;
    const asked = await fetch(`${url}/graphql?query=${encodeURIComponent('{ hello }')}`);
    expect(await asked.json()).toEqual({ data: { hello: '你好' } });
    await fetch(url).then((page) => page.text());
    gateway.interrupt();
    expect(await gateway.ended).toMatchObject({ code: 0 });
    const { connect, lookup } = await seenByWitness();
    expect({ connect, lookup }).toEqual({ connect: [endpoint], lookup: [] });
  });

  test('the witness would have seen it: with its telemetry on, the vendor’s gateway does reach out', async () => {
    const script = `import { ApolloGateway } from '@apollo/gateway';
      import { readFileSync } from 'node:fs';
      const gateway = new ApolloGateway({ supergraphSdl: readFileSync(${JSON.stringify(`${root}/schema/generated/supergraph.graphql`)}, 'utf8') });
      await gateway.load().catch(() => {});
      await gateway.stop().catch(() => {});`;
    const { APOLLO_TELEMETRY_DISABLED: _, ...env } = process.env;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: `${root}/tests`,
      env: { ...env, ...witness() },
      stdio: 'ignore',
    });
    await once(child, 'exit');
    const { connect, lookup } = await seenByWitness();
    expect([...connect, ...lookup].join(' ')).toContain('apollographql.com');
  });
});

function witness(): Readonly<Record<string, string>> {
  return {
    NODE_OPTIONS: `--import=${pathToFileURL(`${root}/tests/support/socket-witness.ts`).href}`,
    SOCKET_WITNESS: join(home, 'witness'),
  };
}

async function seenByWitness(): Promise<Record<'connect' | 'listen' | 'lookup', readonly string[]>> {
  const lines = (await readFile(join(home, 'witness'), 'utf8')).split('\n');
  const of = (kind: string): readonly string[] => [
    ...new Set(lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1))),
  ];
  return { connect: of('connect'), listen: of('listen'), lookup: of('lookup') };
}
