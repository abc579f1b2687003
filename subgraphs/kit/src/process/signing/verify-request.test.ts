/**
 * What is believed of a request, and all that is not. @see schema/PROTOCOL.md 10
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { CompactSign, compactVerify, importJWK } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';

import { body, claims, key, keyOf, refusalBy, signed, startS, stranger } from '../../testing/signatures.ts';
import { type ManualClock, manualClock } from '../clock.ts';
import { createSigner, type Signer } from './sign-request.ts';
import { privateJwkOf, publicKeyOf } from './signing-key.ts';
import { keysOf } from './trusted-keys.ts';
import { Verifier } from './verify-request.ts';

let clock: ManualClock;
let signer: Signer;
let verifier: Verifier;
beforeEach(() => {
  clock = manualClock(startS * 1000);
  signer = createSigner({ key, issuer: 'gateway', clock });
  verifier = new Verifier({ audience: 'toy-east', keyOf, clock });
});

const refusalOf = (signature: string | undefined, sent: string = body, by: Verifier = verifier): string | undefined =>
  refusalBy(by, signature, sent);

test('a signed request is believed once', () => {
  const signature = signer.sign('toy-east', body);
  expect(verifier.examine(signature)).toEqual({
    kid: key.kid,
    claims: { ...claims, jti: expect.stringMatching(/^[\w-]{22}$/) },
  });
  expect(refusalOf(signature)).toBeUndefined();
  expect(refusalOf(signature)).toBe('The request came before.');
  expect(refusalOf(signer.sign('toy-east', body))).toBeUndefined();
});

test('no two signatures share a nonce', () => {
  const nonces = Array.from({ length: 2000 }, () => verifier.examine(signer.sign('toy-east', body)).claims.jti);
  expect(new Set(nonces).size).toBe(2000);
});

describe('Any JWS library', () => {
  test('verifies what is signed here', async () => {
    const { payload, protectedHeader } = await compactVerify(signer.sign('toy-east', body), await importJWK(key.publicJwk, 'EdDSA'));
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: key.kid });
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual({ ...claims, jti: expect.any(String) });
  });

  test('signs what is believed here', async () => {
    const made = new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT' });
    expect(refusalOf(await made.sign(await importJWK({ ...privateJwkOf(key) }, 'EdDSA')))).toBeUndefined();
  });
});

describe('Claims', () => {
  test.each(Object.keys(claims))('%s may not be missing, null, a list, an object or empty', (name) => {
    const { [name]: _, ...without }: Record<string, unknown> = claims;
    for (const changed of [without, ...[null, [claims], [], {}, '', true].map((value) => ({ ...claims, [name]: value }))]) {
      expect([changed, refusalOf(signed(changed))]).toEqual([changed, 'The signature has no proper form.']);
    }
  });

  test.each([
    ['another issuer', { iss: 'toy-west' }, 'The key is not that of the signer it names.'],
    ['another audience', { aud: 'toy-west' }, 'The request was signed for another system.'],
    ['a list of audiences', { aud: ['toy-east', 'toy-west'] }, 'The signature has no proper form.'],
    ['an audience that only begins alike', { aud: 'toy-east-2' }, 'The request was signed for another system.'],
    ['another body', { body: createHash('sha256').update('{}').digest('base64url') }, 'The body is not the one that was signed.'],
    ['a long time', { exp: startS + 61 }, 'A signature holds 60 s at most.'],
    ['no time', { exp: startS }, 'A signature holds 60 s at most.'],
    ['a time that runs backwards', { exp: startS - 1 }, 'A signature holds 60 s at most.'],
    ['times as texts', { iat: String(startS) }, 'The signature has no proper form.'],
    ['broken seconds', { iat: startS + 0.5 }, 'The signature has no proper form.'],
    ['a time beyond numbers', { exp: 1e300 }, 'The signature has no proper form.'],
    ['a short nonce', { jti: 'AAAA' }, 'The signature has no proper form.'],
    ['a long nonce', { jti: 'A'.repeat(23) }, 'The signature has no proper form.'],
  ])('%s is refused', (_what, change, why) => expect(refusalOf(signed({ ...claims, ...change }))).toBe(why));

  test('as they are, they are believed: what was refused above was refused for its one fault', () => {
    expect(refusalOf(signed(claims))).toBeUndefined();
  });
});

describe('Body', () => {
  test('changed by one byte, longer, shorter or empty it is refused, and the true one is believed after all', () => {
    const signature = signer.sign('toy-east', body);
    for (const sent of [body.replace('totalCount', 'totalCOunt'), `${body} `, body.slice(0, -1), '']) {
      expect(refusalOf(signature, sent)).toBe('The body is not the one that was signed.');
    }
    expect(refusalOf(signature)).toBeUndefined();
  });

  test('is signed as its UTF-8 bytes', () => expect(refusalOf(signer.sign('toy-east', '区划𠮷'), '区划𠮷')).toBeUndefined());
});

describe('Time', () => {
  const at = (seconds: number): void => clock.set((startS + seconds) * 1000);

  test('is believed for 60 s and not one longer', () => {
    const [early, late] = [signer.sign('toy-east', body), signer.sign('toy-east', body)];
    at(60);
    expect(refusalOf(early)).toBeUndefined();
    at(61);
    expect(refusalOf(late)).toBe('The signature has expired; compare the clocks of both sides.');
  });

  test('of a signer’s clock up to 60 s ahead is believed, and not one more', () => {
    const ahead = (seconds: number): string =>
      createSigner({ key, issuer: 'gateway', clock: manualClock((startS + seconds) * 1000) }).sign('toy-east', body);
    expect(refusalOf(ahead(60))).toBeUndefined();
    expect(refusalOf(ahead(61))).toBe('The signature is of the future; compare the clocks of both sides.');
  });

  test('before the verifier’s own start is refused: what came before a restart is not remembered', () => {
    const before = signer.sign('toy-east', body);
    at(1);
    expect(refusalOf(before, body, new Verifier({ audience: 'toy-east', keyOf, clock }))).toBe(
      'The signature is older than the start of this system.',
    );
  });

  test('a body that comes after the end is refused', () => {
    const examined = verifier.examine(signer.sign('toy-east', body));
    at(61);
    expect(() => verifier.admit(examined, Buffer.from(body))).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  test('a clock set back brings no old request to life', () => {
    const old = signer.sign('toy-east', body);
    expect(refusalOf(old)).toBeUndefined();
    at(61);
    expect(refusalOf(signer.sign('toy-east', body))).toBeUndefined();
    at(0);
    expect(refusalOf(old)).toBe('The request came before.');
  });
});

describe('Memory', () => {
  test('of 1,000 replays one is believed', () => {
    const signature = signer.sign('toy-east', body);
    expect(Array.from({ length: 1000 }, () => refusalOf(signature)).filter((why) => why === undefined)).toHaveLength(1);
  });

  test('that is full refuses, forgets nothing, and takes again when time has made room', () => {
    const small = new Verifier({ audience: 'toy-east', keyOf, clock, maxNonces: 3 });
    const first = [1, 2, 3].map(() => signer.sign('toy-east', body));
    for (const signature of first) expect(refusalOf(signature, body, small)).toBeUndefined();
    expect(refusalOf(signer.sign('toy-east', body), body, small)).toBe('Too many requests at present.');
    for (const signature of first) expect(refusalOf(signature, body, small)).toBe('The request came before.');
    clock.advance(61_000);
    expect(refusalOf(signer.sign('toy-east', body), body, small)).toBeUndefined();
  });

  test('is not filled by what is not believed', () => {
    const small = new Verifier({ audience: 'toy-east', keyOf, clock, maxNonces: 1 });
    const good = signer.sign('toy-east', body);
    for (let times = 0; times < 10; times++) expect(refusalOf(good, 'another', small)).toBe('The body is not the one that was signed.');
    expect(refusalOf(good, body, small)).toBeUndefined();
  });

  test('tells the same nonce of two signers apart', () => {
    const both = new Verifier({ audience: 'toy-east', keyOf: keysOf([key.publicJwk, stranger.publicJwk], 'gateway'), clock });
    expect(refusalOf(signed(claims), body, both)).toBeUndefined();
    expect(refusalOf(signed(claims, { alg: 'EdDSA', kid: stranger.kid }, stranger), body, both)).toBeUndefined();
  });
});

test('a key that is taken back is believed no longer', () => {
  let taken = false;
  const revoking = new Verifier({ audience: 'toy-east', keyOf: (kid) => (taken ? undefined : keyOf(kid)), clock });
  expect(refusalOf(signer.sign('toy-east', body), body, revoking)).toBeUndefined();
  taken = true;
  expect(refusalOf(signer.sign('toy-east', body), body, revoking)).toBe('The key of the signature is not trusted.');
});

test('PROTOCOL.md 10: its example is believed, which any reader may check', () => {
  const protocol = readFileSync(new URL('../../../../../schema/PROTOCOL.md', import.meta.url), 'utf8');
  const [example] = /^eyJhbGciOiJFZERTQSIs\S+$/m.exec(protocol) ?? [];
  const rfc8037 = publicKeyOf({ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })?.publicJwk;
  const reader = new Verifier({ audience: 'toy-east', keyOf: keysOf([rfc8037], 'gateway'), clock });
  expect(refusalOf(example, '{"query":"{ __typename }"}', reader)).toBeUndefined();
});
