/**
 * Nobody makes the gateway ask a machine inside the house by registering its address. A canary listens on this machine and must
 * see no connection. @see schema/PROTOCOL.md 11
 */
import { createServer as createHttpServer } from 'node:http';
import { type Server, type Socket, createServer } from 'node:net';

import { type Gateway, type GatewayEvent, type GatewayOptions, startGateway } from '@hub/gateway';
import { type Resolve, createLog, guardedLookup, listenOn } from '@hub/kit/process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { ask } from '../support/ask.ts';
import { supergraphFile } from '../support/federation.ts';
import { forbiddenUrls } from '../support/forbidden-urls.ts';
import { at } from '../support/parse-json.ts';

const opened = new AsyncDisposableStack();
let port: number;
let connections = 0;
beforeAll(async () => {
  const sockets = new Set<Socket>();
  const canary = createServer((socket) => {
    connections++;
    sockets.add(socket.on('error', () => {}));
    socket.destroy();
  });
  port = await listenOn(canary, 0);
  opened.defer(() => closed(canary));
});
afterAll(() => opened[Symbol.asyncDispose]());
beforeEach(() => void (connections = 0));

const question = '{ notices(first: 1) { totalCount coverage { missing { reason } } } }';

interface Reached extends AsyncDisposable {
  readonly gateway: Gateway;
  readonly events: readonly GatewayEvent[];
  /** @returns The code of the refusal, or of the failed question; undefined when the system was asked and answered. */
  reach(url: string): Promise<unknown>;
}

async function start(options: Pick<GatewayOptions, 'reach' | 'resolve' | 'systemDeadlineMs'> = {}): Promise<Reached> {
  const events: GatewayEvent[] = [];
  const gateway = await startGateway({
    supergraph: supergraphFile,
    port: 0,
    log: createLog('gateway', 'silent'),
    endpoints: { registry: 'http://127.0.0.1:9/graphql' },
    health: { failures: 1000, probeMs: 1, maxProbeMs: 1 },
    pollMs: 3_600_000,
    systemDeadlineMs: 5000,
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return {
    gateway,
    events,
    async reach(url) {
      try {
        gateway.setSystems([{ code: 'eve', name: 'Eve', url, state: 'published', contracts: ['board'] }]);
      } catch (error) {
        return at({ ...Object(error) }, 'code');
      }
      const { errors } = await ask(`${gateway.url}/graphql`, { query: question });
      return errors[0]?.code;
    },
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/** Answers every name with these addresses. */
const leadsTo =
  (...addresses: readonly string[]): Resolve =>
  (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

describe('A URL that no system may have', () => {
  test('there are 40 at least, and of them none is taken into the routing table or asked', async () => {
    await using eve = await start({ resolve: leadsTo('127.0.0.1') });
    const urls = forbiddenUrls(port);
    expect(urls.length).toBeGreaterThan(40);
    const told = [];
    for (const url of urls) told.push([url, await eve.reach(url)]);
    expect(told).toEqual(urls.map((url) => [url, 'CONFIG_INVALID']));
    expect(connections).toBe(0);
  });

  test('this test would see it: with loopback open the canary sees a connection', async () => {
    await using eve = await start({ reach: { loopback: true } });
    expect(await eve.reach(`http://127.0.0.1:${port}/graphql`)).toBe('SYSTEMS_UNAVAILABLE');
    expect(connections).toBeGreaterThan(0);
  });

  test('a bad one among good ones leaves the table as it was', async () => {
    await using eve = await start();
    const good = { code: 'good', name: 'Good', url: 'https://trade.example/graphql', state: 'withdrawn', contracts: ['board'] } as const;
    eve.gateway.setSystems([good]);
    const bad = { ...good, code: 'eve', url: `https://127.0.0.1:${port}/graphql`, state: 'published' } as const;
    expect(() => eve.gateway.setSystems([good, bad])).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        messageEn: 'The routing table is not valid: eve: url 127.0.0.1 is no address of the public Internet.',
      }),
    );
  });
});

/** One gateway whose names lead wherever the test at hand says: opening one for each costs a second and a half. */
function sharedGateway(options: Pick<GatewayOptions, 'reach'> = {}): (addresses: readonly string[]) => Promise<unknown> {
  let [eve, leading]: [Reached | undefined, readonly string[]] = [undefined, []];
  beforeAll(async () => {
    eve = await start({ ...options, resolve: (...given) => leadsTo(...leading)(...given) });
  });
  afterAll(() => eve?.[Symbol.asyncDispose]());
  return async (addresses) => {
    if (eve === undefined) throw new Error('the gateway is not open');
    const before = eve.events.length;
    leading = addresses;
    const code = await eve.reach(`https://trade.example:${port}/graphql`);
    return { code, refused: eve.events.slice(before).filter(({ kind }) => kind === 'address-refused') };
  };
}

describe('A name', () => {
  const reachBy = sharedGateway();

  test.each([
    ['loopback', ['127.0.0.1']],
    ['loopback in IPv6', ['::1']],
    ['loopback wrapped', ['::ffff:127.0.0.1']],
    ['a private address', ['10.1.2.3']],
    ['metadata', ['169.254.169.254']],
    ['a public and a private address', ['8.8.8.8', '127.0.0.1']],
    ['a private and a public address', ['127.0.0.1', '8.8.8.8']],
    ['a zone of this machine', ['fe80::1%lo']],
    ['no address', []],
  ])('that leads to %s is not connected to, and told', async (_what, addresses) => {
    const why = `trade.example leads to ${addresses.find((address) => address !== '8.8.8.8') ?? 'no address'}, which no system may have`;
    expect(await reachBy(addresses)).toEqual({
      code: 'SYSTEMS_UNAVAILABLE',
      refused: [{ kind: 'address-refused', system: 'eve', why }],
    });
    expect(connections).toBe(0);
  });

  test('that changes its answer between judging and connecting gains nothing: it is looked up once for each connection, and judged each time', async () => {
    const answers = ['127.0.0.1', '169.254.169.254'];
    let asked = 0;
    const system = createHttpServer({ keepAlive: false }, (_request, response) => {
      response.setHeader('connection', 'close').end(JSON.stringify({ data: { root: { totalCount: 0, edges: [] } } }));
    });
    const home = await listenOn(system, 0);
    const resolve: Resolve = (name, options, callback) => leadsTo(answers[asked++] ?? '10.0.0.1')(name, options, callback);
    await using eve = await start({ reach: { loopback: true }, resolve });
    expect(await eve.reach(`http://localhost:${home}/graphql`)).toBeUndefined();
    expect(asked).toBe(1);
    const again = await ask(`${eve.gateway.url}/graphql`, { query: question });
    expect({ asked, code: again.errors[0]?.code }).toEqual({ asked: 2, code: 'SYSTEMS_UNAVAILABLE' });
    expect(eve.events.filter(({ kind }) => kind === 'address-refused')).toHaveLength(1);
    await closed(system);
  });
});

describe('A network that is opened', () => {
  const networks = ['10.64.0.0/10'];
  const reachBy = sharedGateway({ reach: { networks } });

  test.each([
    ['loopback', ['127.0.0.1']],
    ['metadata', ['169.254.169.254']],
    ['another private network', ['10.128.0.1']],
    ['an address of it and loopback', ['10.64.0.1', '127.0.0.1']],
    ['an address of it, wrapped', ['::ffff:10.64.0.1']],
  ])('opens no way for a name that leads to %s', async (_what, addresses) => {
    const wrong = addresses.find((address) => address !== '10.64.0.1');
    const why = `trade.example leads to ${wrong}, which no system may have`;
    expect(await reachBy(addresses)).toEqual({
      code: 'SYSTEMS_UNAVAILABLE',
      refused: [{ kind: 'address-refused', system: 'eve', why }],
    });
    expect(connections).toBe(0);
  });

  test('a name that changes its answer between allowed and forbidden is judged at every connect', () => {
    const answers = ['10.64.0.1', '127.0.0.1', '10.64.0.1', '169.254.169.254'];
    const looked = answers.map((address) => {
      let found: unknown;
      guardedLookup({ networks }, leadsTo(address))('trade.example', {}, (error, given) => (found = error?.message ?? given));
      return found;
    });
    expect(looked).toEqual([
      '10.64.0.1',
      'trade.example leads to 127.0.0.1, which no system may have',
      '10.64.0.1',
      'trade.example leads to 169.254.169.254, which no system may have',
    ]);
  });

  test('one that leads back to this machine the second time connects to nothing', async () => {
    let asked = 0;
    const resolve: Resolve = (name, options, callback) => leadsTo(asked++ === 0 ? '10.64.0.1' : '127.0.0.1')(name, options, callback);
    // Nothing is at 10.64.0.1, or it takes long to say so: the first question runs into its deadline.
    await using eve = await start({ reach: { networks }, resolve, systemDeadlineMs: 300 });
    const url = `https://trade.example:${port}/graphql`;
    expect(await eve.reach(url)).toBe('SYSTEMS_UNAVAILABLE');
    expect(await eve.reach(url.replace('/graphql', '/again'))).toBe('SYSTEMS_UNAVAILABLE');
    expect({ asked, connections }).toEqual({ asked: 2, connections: 0 });
    expect(eve.events.filter(({ kind }) => kind === 'address-refused')).toHaveLength(1);
  });

  test('plain http, and URLs outside it, are refused as ever', async () => {
    await using eve = await start({ reach: { networks } });
    const urls = [`http://10.64.0.1:${port}/graphql`, `https://10.63.255.255:${port}/`, `https://127.0.0.1:${port}/`];
    for (const url of [...urls, ...forbiddenUrls(port)]) expect([url, await eve.reach(url)]).toEqual([url, 'CONFIG_INVALID']);
  });
});

test('a redirect to the canary is not followed: it is no answer', async () => {
  const system = createHttpServer((_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${port}/graphql` }).end());
  const home = await listenOn(system, 0);
  await using eve = await start({ reach: { own: [`http://127.0.0.1:${home}`] } });
  expect(await eve.reach(`http://127.0.0.1:${home}/graphql`)).toBe('SYSTEMS_UNAVAILABLE');
  expect(eve.events).toContainEqual({ kind: 'answer-invalid', system: 'eve', why: 'HTTP 307, no JSON' });
  expect(await eve.reach(`http://127.0.0.1:${port}/graphql`)).toBe('CONFIG_INVALID');
  expect(connections).toBe(0);
  await closed(system);
});

function closed(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  return promise;
}
