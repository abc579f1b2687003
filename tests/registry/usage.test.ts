/**
 * Gateways tell which operations they answered: every request once, whatever becomes of the registry meanwhile, and never a word
 * of a caller's.
 * @see schema/PROTOCOL.md 12; subgraphs/registry/README.md «使用 · Usage»
 */
import { type Gateway, type GatewayEvent, startGateway } from '@hub/gateway';
import { createLog, createSigningKey } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { type Registry, startRegistry } from '@hub/registry';
import { SignJWT } from 'jose';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { tokenSecret } from '../support/caller-token.ts';
import { type ControlAsker, controlAsker } from '../support/control.ts';
import { supergraphFile } from '../support/federation.ts';
import { gatewayKey, gatewayTrust } from '../support/gateway-key.ts';
import { type RegistryDoor, startRegistryDoor } from '../support/registry-door.ts';
import { toyProvince } from '../support/toy-province.ts';

const [operatorKey, systemKey] = [createSigningKey(), createSigningKey()];
const faults: unknown[] = [];
let opened: AsyncDisposableStack;
let databaseUrl: string;
let registry: Registry;
let door: RegistryDoor;
let operator: ControlAsker;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  ({ url: databaseUrl } = opened.use(await openTestDatabase()));
  registry = opened.use(
    await startRegistry({
      databaseUrl,
      province: await toyProvince(),
      trust: gatewayTrust,
      port: 0,
      onFault: (cause) => void faults.push(cause),
      keys: [
        { role: 'OPERATOR', issuer: 'operator', jwk: operatorKey.publicJwk },
        { role: 'GATEWAY', issuer: 'gateway', jwk: gatewayKey.publicJwk },
        { role: 'SYSTEM', issuer: 'xingcheng', jwk: systemKey.publicJwk },
      ],
    }),
  );
  operator = controlAsker(registry.origin, { key: operatorKey, issuer: 'operator' });
  door = opened.use(await startRegistryDoor(registry.origin));
});
afterEach(async () => {
  await opened.disposeAsync();
  if (faults.length > 0) throw new AggregateError(faults.splice(0), 'the registry failed inside');
});

/** @param reportMs - Absent: it tells when it ends, and not before. */
const start = (reportMs = 3_600_000, onEvent: (event: GatewayEvent) => void = () => {}): Promise<Gateway> =>
  startGateway({
    supergraph: supergraphFile,
    port: 0,
    log: createLog('gateway', 'silent'),
    key: gatewayKey,
    tokens: { tokenSecret },
    registry: { origin: door.origin, publicKeys: [registry.publicKey], reportMs },
    endpoints: { registry: registry.url },
    pollMs: 3_600_000,
    onEvent,
  });
const send = async ({ url }: Gateway, query: string, { variables = {}, headers = {} }: Sent = {}): Promise<unknown> => {
  const body = JSON.stringify({ query, variables });
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body });
  return answer.json();
};
interface Sent {
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}
const bearer = async (claims: Readonly<Record<string, unknown>>): Promise<string> => {
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('1h');
  return `Bearer ${await token.sign(new TextEncoder().encode(tokenSecret))}`;
};
const counted = async (asked = ''): Promise<unknown> =>
  (await operator(`{ operations${asked} { text requests errors clients { client requests errors } } }`)).data?.['operations'];
const requests = async (): Promise<unknown> => (await operator('{ operations { requests } }')).data?.['operations'];
const reports = (): readonly string[] =>
  door.told.flatMap((one) => (one.includes('reportUsage') ? [one.slice(one.indexOf('\n') + 1)] : []));

/** On a busy machine a gateway starts in seconds. */
const patient = { timeout: 20_000, interval: 20 } as const;
vi.setConfig({ testTimeout: 90_000 });

const codes = { text: 'query { systems { code name } }' };
const one = { text: 'query { system(code: $String) { name } }' };
const notices = { text: 'query { notices(filter: $NoticeFilter, order: PUBLISHED_ASC) { totalCount } }' };

describe('Operations of two clients', () => {
  test('are counted by signature and client; what was refused or asks GraphQL itself is not', async () => {
    const gateway = await start();
    const hall = { headers: { 'apollographql-client-name': 'hall' } };
    const audit = { headers: { authorization: await bearer({ azp: 'audit', sub: 'somebody' }), 'apollographql-client-name': 'hall' } };
    await send(gateway, '{ systems { name code } }', hall);
    await send(gateway, 'query Named { all: systems { code, theName: name } }', hall);
    await send(gateway, '{ systems { code name } }', audit);
    await send(gateway, 'query ($c: String!) { system(code: $c) { name } }', { variables: { c: 'xingcheng' } });
    // No system can be reached: an answer with errors.
    const filter = { title: { text: '路' }, copies: 'EXCLUDE' };
    await send(gateway, 'query ($f: NoticeFilter) { notices(filter: $f, order: PUBLISHED_ASC) { totalCount } }', {
      ...hall,
      variables: { f: filter },
    });
    await send(gateway, '{ notices(first: 1000) { totalCount } }', hall);
    await send(gateway, '{ nothing }', hall);
    await send(gateway, '{ __typename __schema { queryType { name } } }', hall);
    expect(reports()).toEqual([]);
    await gateway[Symbol.asyncDispose]();

    const bySystems = {
      ...codes,
      requests: 3,
      errors: 0,
      clients: [
        { client: 'hall', requests: 2, errors: 0 },
        { client: 'audit', requests: 1, errors: 0 },
      ],
    };
    const byNotices = { ...notices, requests: 1, errors: 1, clients: [{ client: 'hall', requests: 1, errors: 1 }] };
    const byOne = { ...one, requests: 1, errors: 0, clients: [{ client: 'anonymous', requests: 1, errors: 0 }] };
    expect(await counted()).toEqual([bySystems, byOne, byNotices]);
    expect(await counted('(field: "NoticeFilter.copies")')).toEqual([byNotices]);
    expect(await counted('(field: "Copies.EXCLUDE")')).toEqual([byNotices]);
    expect(await counted('(field: "System", client: "anonymous")')).toEqual([byOne]);
    expect(await counted('(field: "Copies.INCLUDE")')).toEqual([]);
  });
});

describe('Every request counts once', () => {
  test('when the answer to a report is lost, and when the registry is away for a while', async () => {
    const gateway = await start(20);
    door.state = 'one-way';
    await send(gateway, '{ systems { code name } }');
    await vi.waitFor(async () => expect(await requests()).toEqual([{ requests: 1 }]), patient);
    await vi.waitFor(() => expect(reports().length).toBeGreaterThan(2), patient);
    expect(new Set(reports()).size).toBe(1);
    door.state = 'shut';
    await send(gateway, '{ systems { code name } }');
    await send(gateway, '{ systems { code name } }');
    const sent = reports().length;
    await vi.waitFor(() => expect(reports().length).toBeGreaterThan(sent), patient);
    expect(await requests()).toEqual([{ requests: 1 }]);
    door.state = 'open';
    await vi.waitFor(async () => expect(await requests()).toEqual([{ requests: 3 }]), patient);
    await send(gateway, '{ systems { code name } }');
    await gateway[Symbol.asyncDispose]();
    expect(await requests()).toEqual([{ requests: 4 }]);
  });

  test('when two runs of a gateway tell the same', async () => {
    for (let run = 0; run < 2; run++) {
      const gateway = await start();
      await send(gateway, '{ systems { code name } }');
      await gateway[Symbol.asyncDispose]();
    }
    expect(await requests()).toEqual([{ requests: 2 }]);
  });

  test('a report that is refused is told of once, and sent until it is taken', async () => {
    const refusals: string[] = [];
    const gateway = await start(20, (event) => void (event.kind === 'usage-refused' && refusals.push(event.why)));
    door.state = 'refusing';
    await send(gateway, '{ systems { code name } }');
    await vi.waitFor(() => expect(reports().length).toBeGreaterThan(2), patient);
    door.state = 'open';
    await vi.waitFor(async () => expect(await requests()).toEqual([{ requests: 1 }]), patient);
    await gateway[Symbol.asyncDispose]();
    expect(refusals).toEqual(['HTTP 200 {"errors":[{"message":"no"}]}']);
  });

  test('a gateway that ends while the registry is away says how many it could not tell', async () => {
    const lost: unknown[] = [];
    door.state = 'shut';
    const gateway = await start(3_600_000, (event) => void (event.kind === 'usage-lost' && lost.push(event.requests)));
    await send(gateway, '{ systems { code name } }');
    await send(gateway, '{ systems { name } }');
    await gateway[Symbol.asyncDispose]();
    expect(lost).toEqual([2]);
  });
});

describe('Nothing of a caller’s', () => {
  test('leaves the gateway or comes into a table, but the name its client is given', async () => {
    const secret = 'geheim_4711';
    const number = 471_147;
    const gateway = await start();
    const headers = {
      authorization: await bearer({ client: 'a client: ☂', sub: secret, email: secret, roles: ['GOVERNMENT'] }),
      cookie: `session=${secret}`,
      'x-request-id': secret,
      'user-agent': secret,
      'apollographql-client-name': secret,
      'apollographql-client-version': secret,
      referer: `https://${secret}/`,
    };
    const query = `query ${secret}($${secret}: NoticeFilter = { lotCodes: { in: ["${secret}"] } }, $n: String!) { # ${secret}
      ${secret}: notices(filter: $${secret}, after: null) { ${secret}: totalCount }
      b${secret}: notices(filter: { title: { text: "${secret}" }, systems: ["${secret}", "${number}"] }) { ...${secret} }
      system(code: """${secret}""") { name ... @include(if: true) { ... on System { x${secret}: name } } }
      other: system(code: $n) { name }
    }
    fragment ${secret} on NoticeConnection { totalCount }`;
    await send(gateway, query, {
      headers,
      variables: { n: secret, [secret]: { title: { text: secret }, systems: [secret] }, other: secret },
    });
    await send(gateway, `{ deals(filter: { price: { gte: "${number}.${number}" } }) { totalCount } }`, { headers });
    await gateway[Symbol.asyncDispose]();
    expect(await counted('(client: "a_client:__")')).toHaveLength(2);
    expect(reports()).not.toEqual([]);
    const tables = await everythingIn(databaseUrl);
    expect(tables).toContain('NoticeFilter');
    for (const kept of [door.told.join('\n'), tables]) {
      expect(kept).not.toContain(secret);
      expect(kept).not.toContain(String(number));
    }
  });
});

describe('Usage', () => {
  test('is told by gateways alone and read by operators alone', async () => {
    const gateway = controlAsker(registry.origin, { key: gatewayKey, issuer: 'gateway' });
    const system = controlAsker(registry.origin, { key: systemKey, issuer: 'xingcheng' });
    const report = 'mutation { reportUsage(run: "a-run-of-a-gateway", batch: 1, operations: []) }';
    expect((await gateway(report)).data).toEqual({ reportUsage: true });
    for (const asker of [system, operator]) expect((await asker(report)).errors[0]?.code).toBe('FORBIDDEN');
    for (const asker of [system, gateway]) expect((await asker('{ operations { text } }')).errors[0]?.code).toBe('FORBIDDEN');
  });
});

async function everythingIn(url: string): Promise<string> {
  const sql = postgres(url, { max: 1 });
  try {
    const tables = await sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = 'public'`;
    const rows = await Promise.all(tables.map(({ name }) => sql<{ row: string }[]>`select t::text as row from ${sql(name)} t`));
    return rows
      .flat()
      .map(({ row }) => row)
      .join('\n');
  } finally {
    await sql.end();
  }
}
