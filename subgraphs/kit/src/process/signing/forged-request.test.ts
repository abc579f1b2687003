/**
 * Requests that somebody made who may not. @see schema/PROTOCOL.md 10; RFC 8725
 */
import { createHmac, sign } from 'node:crypto';

import { beforeEach, describe, expect, test } from 'vitest';

import { body, claims, key, keyOf, part, refusalBy, signed, startS, stranger } from '../../testing/signatures.ts';
import { manualClock } from '../clock.ts';
import { createSigner } from './sign-request.ts';
import { Verifier } from './verify-request.ts';

const clock = manualClock(startS * 1000);
const signer = createSigner({ key, issuer: 'gateway', clock });
let verifier: Verifier;
beforeEach(() => void (verifier = new Verifier({ audience: 'toy-east', keyOf, clock })));

const refusalOf = (signature: string | undefined): string | undefined => refusalBy(verifier, signature);

describe('Head', () => {
  test.each([
    ['no algorithm', { kid: key.kid }, 'The signature has no proper form.'],
    ['alg none', { alg: 'none', kid: key.kid }, 'The signature has no proper form.'],
    ['alg in other letters', { alg: 'eddsa', kid: key.kid }, 'The signature has no proper form.'],
    ['ES256', { alg: 'ES256', kid: key.kid }, 'The signature has no proper form.'],
    ['no key', { alg: 'EdDSA' }, 'The signature has no proper form.'],
    ['a key of its own', { alg: 'EdDSA', kid: key.kid, jwk: stranger.publicJwk }, 'The signature has no proper form.'],
    ['a place to fetch keys', { alg: 'EdDSA', kid: key.kid, jku: 'https://keys.example' }, 'The signature has no proper form.'],
    [
      'an extension that must be understood',
      { alg: 'EdDSA', kid: key.kid, crit: ['b64'], b64: false },
      'The signature has no proper form.',
    ],
    ['an unknown key', { alg: 'EdDSA', kid: stranger.kid }, 'The key of the signature is not trusted.'],
    ['a key by the name of something every object has', { alg: 'EdDSA', kid: '__proto__' }, 'The signature has no proper form.'],
  ])('%s is refused', (_what, head, why) => expect(refusalOf(signed(claims, head))).toBe(why));
});

describe('Forged', () => {
  const input = `${part({ alg: 'EdDSA', kid: key.kid })}.${part(claims)}`;

  test('alg none with no signature', () => {
    const none = `${part({ alg: 'none' })}.${part(claims)}`;
    for (const forged of [`${none}.`, none, `${input}.`]) expect(refusalOf(forged)).toBe('The signature has no proper form.');
  });

  test('HS256 with the public key as its secret', () => {
    const hs = `${part({ alg: 'HS256', kid: key.kid })}.${part(claims)}`;
    const secrets = [
      Buffer.from(key.publicJwk.x, 'base64url'),
      key.publicJwk.x,
      JSON.stringify(key.publicJwk),
      keyOf(key.kid)?.publicKey.export({ type: 'spki', format: 'pem' }) ?? '',
    ];
    for (const secret of secrets) {
      const mac = createHmac('sha256', secret).update(hs).digest('base64url');
      expect(refusalOf(`${hs}.${mac}`)).toBe('The signature has no proper form.');
      const sameUnderOurHead = createHmac('sha512', secret).update(input).digest('base64url');
      expect(refusalOf(`${input}.${sameUnderOurHead}`)).toBe('The signature is wrong.');
    }
  });

  test('another key under the name of a trusted one', () => {
    const forged = `${input}.${sign(null, Buffer.from(input), stranger.privateKey).toString('base64url')}`;
    expect(refusalOf(forged)).toBe('The signature is wrong.');
  });

  test('another key under its own name', () => {
    expect(refusalOf(createSigner({ key: stranger, issuer: 'gateway', clock }).sign('toy-east', body))).toBe(
      'The key of the signature is not trusted.',
    );
  });

  test('any one character changed', () => {
    const good = signer.sign('toy-east', body);
    for (let place = 0; place < good.length; place++) {
      const other = good[place] === 'A' ? 'B' : 'A';
      const why = refusalOf(`${good.slice(0, place)}${other}${good.slice(place + 1)}`);
      expect([place, why]).toEqual([place, expect.any(String)]);
    }
    expect(refusalOf(good)).toBeUndefined();
  });

  test.each([
    ['empty', ''],
    ['blanks around it', ` ${input}.${'A'.repeat(86)} `],
    ['two of them, as a header sent twice arrives', `${input}.${'A'.repeat(86)}, ${input}.${'A'.repeat(86)}`],
    ['no base64url', `${input}.${'+'.repeat(86)}`],
    ['five parts', `${input}.${'A'.repeat(86)}.A.A`],
    ['a head that is no JSON', `AAAA.${part(claims)}.${'A'.repeat(86)}`],
    ['a payload that is a list', `${part({ alg: 'EdDSA', kid: key.kid })}.${part([])}.${'A'.repeat(86)}`],
    ['longer than any', signed({ ...claims, padding: 'x'.repeat(2048) })],
  ])('%s has no proper form', (_what, forged) => expect(refusalOf(forged)).toBe('The signature has no proper form.'));

  test('no signature at all', () => expect(refusalOf(undefined)).toBe('The request is not signed (hub-signature).'));
});
