/**
 * A key has one name and one form. @see RFC 8037 A; RFC 7638
 */
import { calculateJwkThumbprint } from 'jose';
import { describe, expect, test } from 'vitest';

import { createSigningKey, privateJwkOf, publicKeyOf, signingKeyOf } from './signing-key.ts';

/** The pair of RFC 8037, appendix A. */
const d = 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A';
const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const kid = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
const base = { kty: 'OKP', crv: 'Ed25519', x };

test('the pair of RFC 8037 is read, and its name is the thumbprint that the RFC gives', () => {
  const publicJwk = { ...base, kid, use: 'sig', alg: 'EdDSA' };
  const key = signingKeyOf({ ...base, d });
  expect({ kid: key?.kid, publicJwk: key?.publicJwk }).toEqual({ kid, publicJwk });
  expect(publicKeyOf(base)?.publicJwk).toEqual(publicJwk);
});

test('a new pair is written and read as it was, under the name that others compute too', async () => {
  const key = createSigningKey();
  const written = privateJwkOf(key);
  expect(signingKeyOf(written)?.publicJwk).toEqual(key.publicJwk);
  expect(key.kid).toBe(await calculateJwkThumbprint({ ...base, x: written.x }));
  expect(createSigningKey().kid).not.toBe(key.kid);
});

describe('no pair', () => {
  test.each([
    ['nothing', undefined],
    ['a text', 'key'],
    ['a public key', base],
    ['another curve', { ...base, crv: 'X25519', d }],
    ['another kind', { kty: 'oct', k: d }],
    ['a private half of another pair', { ...base, d: 'AWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }],
    ['a private half that is too short', { ...base, d: d.slice(0, 40) }],
    ['another name', { ...base, d, kid: 'main' }],
    ['another use', { ...base, d, use: 'enc' }],
    ['another algorithm', { ...base, d, alg: 'HS256' }],
  ])('%s', (_what, jwk) => expect(signingKeyOf(jwk)).toBeUndefined());
});

describe('no public key', () => {
  test.each([
    ['one with its private half', { ...base, d }],
    ['another name', { ...base, kid: 'main' }],
    ['another spelling of the same bytes', { ...base, x: `${x.slice(0, -1)}p` }],
    ['padded', { ...base, x: `${x}=` }],
    ['too short', { ...base, x: x.slice(0, 40) }],
    ['RSA', { kty: 'RSA', n: x, e: 'AQAB' }],
  ])('%s', (_what, jwk) => expect(publicKeyOf(jwk)).toBeUndefined());
});
