/**
 * A key on disk is its owner's alone.
 */
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openSigningKey, readSigningKey, writePublicKey } from './key-file.ts';
import { createSigningKey, privateJwkOf } from './signing-key.ts';
import { keysByIssuer, readKeySet, readNamedKeySet, readTrustedKeys } from './trusted-keys.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-key-'));
  file = join(folder, 'key.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('is made once, for its owner alone, and is the same from then on', async () => {
  const made = openSigningKey(file);
  expect(openSigningKey(file).publicJwk).toEqual(made.publicJwk);
  expect(readSigningKey(file).publicJwk).toEqual(made.publicJwk);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['key.json']);
});

test('its public half lies beside it for those who are to believe it, and holds no private one', async () => {
  const key = openSigningKey(file);
  const written = writePublicKey(file, key);
  expect(written).toBe(join(folder, 'key.public.json'));
  expect(readKeySet(written)).toEqual([key.publicJwk]);
  expect(JSON.parse(await readFile(written, 'utf8'))).toEqual(key.publicJwk);
  expect((await readdir(folder)).toSorted()).toEqual(['key.json', 'key.public.json']);
});

test('a folder that cannot be written is refused', () => {
  expect(() => openSigningKey(join(folder, 'none', 'key.json'))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

test('one that others may read is refused', async () => {
  openSigningKey(file);
  await chmod(file, 0o604);
  expect(() => openSigningKey(file)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', messageEn: `The key file ${file} is open to other users: chmod 600.` }),
  );
});

test.each([['not JSON'], ['{}'], [JSON.stringify(createSigningKey().publicJwk)]])('%s is no key, and is not quoted', async (content) => {
  await writeFile(file, content, { mode: 0o600 });
  expect(() => openSigningKey(file)).toThrow(
    expect.objectContaining({
      messageEn: `The key file ${file} is no private Ed25519 key (JWK: kty OKP, with x and d).`,
    }),
  );
});

describe('The file of public keys', () => {
  const { publicJwk } = createSigningKey();

  test('is read', async () => {
    await writeFile(file, JSON.stringify({ keys: [publicJwk] }));
    expect(readKeySet(file)).toEqual([publicJwk]);
  });

  test('may hold one key alone', async () => {
    await writeFile(file, JSON.stringify(publicJwk));
    expect(readKeySet(file)).toEqual([publicJwk]);
  });

  test.each([
    ['a missing file', undefined, 'cannot be read, or is not JSON.'],
    ['no JSON', '{', 'cannot be read, or is not JSON.'],
    ['no keys', '{"keys":[]}', 'is no JSON Web Key Set, or has no keys in it.'],
    ['something else', JSON.stringify([publicJwk]), 'is no JSON Web Key Set, or has no keys in it.'],
    ['a private key alone', JSON.stringify(privateJwkOf(createSigningKey())), ': key 1 is no public Ed25519 key'],
    ['a private key', JSON.stringify({ keys: [publicJwk, privateJwkOf(createSigningKey())] }), ': key 2 is no public Ed25519 key'],
  ])('%s is refused', async (_what, content, why) => {
    if (content !== undefined) await writeFile(file, content);
    expect(() => readKeySet(file)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', messageEn: expect.stringContaining(why) }));
  });

  test("of those whom systems answer says whose each is: a gateway's, or by its iss the exchange's", async () => {
    const exchange = createSigningKey();
    const publicFile = writePublicKey(file, exchange, 'exchange');
    const keys = [publicJwk, JSON.parse(await readFile(publicFile, 'utf8'))];
    await writeFile(file, JSON.stringify({ keys }));
    const trusted = readTrustedKeys(file);
    expect(trusted).toEqual([
      { ...publicJwk, iss: 'gateway' },
      { ...exchange.publicJwk, iss: 'exchange' },
    ]);
    const issuers = [publicJwk.kid, exchange.kid, createSigningKey().kid].map((kid) => keysByIssuer(trusted)(kid)?.issuer);
    expect(issuers).toEqual(['gateway', 'exchange', undefined]);
  });

  test('of those whom systems answer has no key of anybody else', async () => {
    const keys = [publicJwk, { ...createSigningKey().publicJwk, iss: 'nation' }];
    await writeFile(file, JSON.stringify({ keys }));
    const messageEn = expect.stringContaining('the iss of key 2 must be gateway (or absent) or exchange');
    expect(() => readTrustedKeys(file)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', messageEn }));
    expect(keys.map((jwk) => keysByIssuer(keys)(jwk.kid)?.issuer)).toEqual(['gateway', undefined]);
  });

  test('of persons names each: a person may have several keys', async () => {
    const second = createSigningKey().publicJwk;
    const keys = [
      { ...publicJwk, name: '张三' },
      { ...second, name: '张三' },
    ];
    await writeFile(file, JSON.stringify({ keys }));
    expect(readNamedKeySet(file)).toEqual([
      { name: '张三', jwk: publicJwk },
      { name: '张三', jwk: second },
    ]);
  });

  test.each([[undefined], [''], ['gateway'], ['release'], ['exchange'], ['两行\n名']])('of persons has no key of %j', async (name) => {
    await writeFile(file, JSON.stringify({ keys: [{ ...publicJwk, name }] }));
    expect(() => readNamedKeySet(file)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', messageEn: expect.stringContaining('key 1 needs a name') }),
    );
  });
});
