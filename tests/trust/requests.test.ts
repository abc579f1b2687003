/**
 * Systems and registry answer trusted gateways only: over HTTP, as they run. @see schema/PROTOCOL.md 10
 */
import { createHash, createHmac, sign } from 'node:crypto';

import { createSigner, createSigningKey, signatureHeader } from '@hub/kit/process';
import { migratedForSystems, openTestDatabase } from '@hub/kit/testing';
import { type Registry, startRegistry } from '@hub/registry';
import { type TradingSystems, startSystems } from '@hub/trading';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { gatewayKey, gatewaySigner, gatewayTrust } from '../support/gateway-key.ts';
import { toyProvince } from '../support/toy-province.ts';

const body = '{"query":"{ __typename }"}';
const answered = { status: 200, told: { data: { __typename: 'Query' } } };
const stranger = createSigningKey();

interface Audience {
  readonly code: string;
  readonly url: string;
}

const opened = new AsyncDisposableStack();
let trading: TradingSystems;
let registry: Registry;
let audiences: readonly Audience[];
let first: Audience;
beforeAll(async () => {
  const database = opened.use(await openTestDatabase(migratedForSystems(await toyProvince())));
  const province = await toyProvince();
  const onFault = (cause: unknown): void => expect.fail(String(cause));
  trading = opened.use(await startSystems({ databaseUrl: database.url, province, trust: gatewayTrust, onFault }));
  registry = opened.use(await startRegistry({ databaseUrl: database.url, province, trust: gatewayTrust, port: 0, onFault }));
  const systems = trading.systems.map(({ system: { code }, url }) => ({ code, url }));
  audiences = [...systems, { code: 'registry', url: registry.url }];
  const [one] = systems;
  if (one === undefined) throw new Error('the toy province has systems');
  first = one;
});
afterAll(() => opened[Symbol.asyncDispose]());

interface Sent {
  readonly signature?: string | undefined;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send(
  { url }: Audience,
  { signature, body: sent = body, headers = {} }: Sent,
): Promise<{ readonly status: number; readonly told: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(signature === undefined ? {} : { [signatureHeader]: signature }), ...headers },
    body: sent,
  });
  const told = await response.text();
  return { status: response.status, told: told.startsWith('{') ? JSON.parse(told) : told };
}

const refused = {
  status: 401,
  told: {
    errors: [{ message: expect.stringMatching(/。$/), extensions: { code: 'UNAUTHENTICATED', messageEn: expect.stringMatching(/\.$/) } }],
  },
};

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a signature for the first system says now. */
function claims(): Readonly<Record<string, unknown>> {
  const iat = Math.floor(Date.now() / 1000);
  const jti = createHash('sha256').update(String(performance.now())).digest('base64url').slice(0, 22);
  return { iss: 'gateway', aud: first.code, iat, exp: iat + 60, jti, body: createHash('sha256').update(body).digest('base64url') };
}

function made(change: object, head: object = {}, key = gatewayKey): string {
  const input = `${part({ alg: 'EdDSA', kid: gatewayKey.kid, ...head })}.${part({ ...claims(), ...change })}`;
  return `${input}.${sign(null, Buffer.from(input), key.privateKey).toString('base64url')}`;
}

function without(name: string): object {
  return { [name]: undefined };
}

/** Each makes a request that nobody may be answered on. */
const forgeries: Readonly<Record<string, () => Sent>> = {
  'no signature': () => ({}),
  'an empty one': () => ({ signature: '' }),
  'a bearer’s token in its place': () => ({ headers: { authorization: `Bearer ${gatewaySigner.sign(first.code, body)}` } }),
  'the word none': () => ({ signature: 'none' }),
  'alg none, unsigned': () => ({ signature: `${part({ alg: 'none', kid: gatewayKey.kid })}.${part(claims())}.` }),
  'alg none with our signature': () => ({ signature: made({}, { alg: 'none' }) }),
  'alg HS256 keyed by the public key': () => hmac('sha256', { alg: 'HS256' }, Buffer.from(gatewayKey.publicJwk.x, 'base64url')),
  'alg HS512 keyed by the public key': () => hmac('sha512', { alg: 'HS512' }, Buffer.from(gatewayKey.publicJwk.x, 'base64url')),
  'HMAC under an EdDSA head': () => hmac('sha512', {}, Buffer.from(gatewayKey.publicJwk.x, 'base64url')),
  'alg ES256': () => ({ signature: made({}, { alg: 'ES256' }) }),
  'alg RS256': () => ({ signature: made({}, { alg: 'RS256' }) }),
  'alg in a list': () => ({ signature: made({}, { alg: ['EdDSA'] }) }),
  'a stranger’s key under a trusted name': () => ({ signature: made({}, {}, stranger) }),
  'a stranger’s key under its own name': () => ({ signature: made({}, { kid: stranger.kid }, stranger) }),
  'a stranger’s key brought along': () => ({ signature: made({}, { kid: stranger.kid, jwk: stranger.publicJwk }, stranger) }),
  'a stranger’s key beside a trusted name': () => ({ signature: made({}, { jwk: stranger.publicJwk }, stranger) }),
  'a place to fetch the key from': () => ({ signature: made({}, { kid: stranger.kid, jku: `${first.url}/keys` }, stranger) }),
  'a name that is a path': () => ({ signature: made({}, { kid: '../../../../../../../../etc/passwd-aaaaaaaaaaaa' }, stranger) }),
  'no name of a key': () => ({ signature: made({}, { kid: undefined }) }),
  'an extension': () => ({ signature: made({}, { crit: ['exp'], exp: 1 }) }),
  'another issuer': () => ({ signature: made({ iss: 'registry' }) }),
  'a system’s name as the issuer': () => ({ signature: made({ iss: first.code }) }),
  'no issuer': () => ({ signature: made(without('iss')) }),
  'another audience': () => ({ signature: made({ aud: 'nowhere' }) }),
  'the registry’s': () => ({ signature: gatewaySigner.sign('registry', body) }),
  'a list with this audience': () => ({ signature: made({ aud: [first.code] }) }),
  'no audience': () => ({ signature: made(without('aud')) }),
  'no beginning': () => ({ signature: made(without('iat')) }),
  'no end': () => ({ signature: made(without('exp')) }),
  'an end in a year': () => ({ signature: made({ exp: Math.floor(Date.now() / 1000) + 31_536_000 }) }),
  'yesterday’s': () => ({ signature: made({ iat: 1_795_000_000, exp: 1_795_000_060 }) }),
  'tomorrow’s': () => ({ signature: made({ iat: Math.floor(Date.now() / 1000) + 86_400, exp: Math.floor(Date.now() / 1000) + 86_460 }) }),
  'no nonce': () => ({ signature: made(without('jti')) }),
  'no body in it': () => ({ signature: made(without('body')) }),
  'another body': () => ({ signature: gatewaySigner.sign(first.code, '{"query":"{ notices { totalCount } }"}') }),
  'one byte more': () => ({ signature: gatewaySigner.sign(first.code, body), body: `${body} ` }),
  'one letter else': () => ({ signature: gatewaySigner.sign(first.code, body), body: body.replace('__typename', '__Typename') }),
  'an empty body': () => ({ signature: gatewaySigner.sign(first.code, body), body: '' }),
  'payload of one, signature of another': () => ({ signature: `${head2(made({}))}.${lastOf(made({}))}` }),
  'two of them': () => ({ signature: `${gatewaySigner.sign(first.code, body)}, ${gatewaySigner.sign(first.code, body)}` }),
  'cut off': () => ({ signature: gatewaySigner.sign(first.code, body).slice(0, -1) }),
  'a tail': () => ({ signature: `${gatewaySigner.sign(first.code, body)}A` }),
  padded: () => ({ signature: `${gatewaySigner.sign(first.code, body)}==` }),
  'very long': () => ({ signature: made({ padding: 'x'.repeat(4000) }) }),
};

function hmac(hash: string, head: object, secret: Buffer): Sent {
  const input = `${part({ alg: 'EdDSA', kid: gatewayKey.kid, ...head })}.${part(claims())}`;
  return { signature: `${input}.${createHmac(hash, secret).update(input).digest('base64url')}` };
}

function head2(signature: string): string {
  return signature.split('.').slice(0, 2).join('.');
}

function lastOf(signature: string): string {
  return signature.split('.').at(-1) ?? '';
}

describe('A request that is signed', () => {
  test('is answered by every system and the registry', async () => {
    for (const audience of audiences) {
      expect(await send(audience, { signature: gatewaySigner.sign(audience.code, body) })).toEqual(answered);
    }
  });

  test('for one of them is refused by every other', async () => {
    for (const to of audiences) {
      const others = audiences.filter(({ code }) => code !== to.code);
      for (const { code } of others) expect(await send(to, { signature: gatewaySigner.sign(code, body) })).toEqual(refused);
    }
  });

  test('is answered once of 1,000 times, however many come together', async () => {
    const signature = gatewaySigner.sign(first.code, body);
    const statuses: number[] = [];
    for (let round = 0; round < 20; round++) {
      const replies = await Promise.all(Array.from({ length: 50 }, () => send(first, { signature })));
      statuses.push(...replies.map(({ status }) => status));
    }
    expect({
      answered: statuses.filter((status) => status === 200).length,
      refused: statuses.filter((status) => status === 401).length,
    }).toEqual({
      answered: 1,
      refused: 999,
    });
  });

  test('is refused with a body that was altered on the way, and answered with its own', async () => {
    const signature = gatewaySigner.sign(first.code, body);
    expect(await send(first, { signature, body: body.replace('{ ', '{  ') })).toEqual(refused);
    expect(await send(first, { signature })).toEqual(answered);
  });
});

describe('Forged', () => {
  test('there are 40 at least', () => expect(Object.keys(forgeries).length).toBeGreaterThanOrEqual(40));

  test.each(Object.entries(forgeries))('%s: refused', async (_name, forge) => {
    expect(await send(first, forge())).toEqual(refused);
  });

  test('unsigned: refused by every system and the registry, in words that say what is missing', async () => {
    for (const audience of audiences) {
      expect(await send(audience, {})).toEqual({
        status: 401,
        told: {
          errors: [
            {
              message: '请求没有签名（hub-signature）。',
              extensions: { code: 'UNAUTHENTICATED', messageEn: 'The request is not signed (hub-signature).' },
            },
          ],
        },
      });
    }
  });

  test('in the address: a signature covers a body, so only POST is answered', async () => {
    const signature = gatewaySigner.sign(first.code, '');
    const response = await fetch(`${first.url}?query={__typename}`, { headers: { [signatureHeader]: signature } });
    expect([response.status, await response.text()]).toEqual([405, '']);
  });

  test('before it is read as a question: what is no GraphQL at all is refused for its signature', async () => {
    expect(await send(first, { body: '<html>' })).toEqual(refused);
  });

  test('a header of 20,000 characters ends the connection or is refused, and the system answers on', async () => {
    const { status } = await send(first, { signature: 'a'.repeat(20_000) });
    expect(status).toBe(431);
    expect(await send(first, { signature: gatewaySigner.sign(first.code, body) })).toEqual(answered);
  });

  test('another gateway, whose key the systems do not have', async () => {
    const other = createSigner({ key: stranger, issuer: 'gateway' });
    for (const audience of audiences) expect(await send(audience, { signature: other.sign(audience.code, body) })).toEqual(refused);
  });
});
