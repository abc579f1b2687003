/**
 * SM2 as everybody else does it: the openssl command verifies what we sign and signs what we verify, with the id that GB/T 35276
 * gives to all who have agreed on no other.
 * @see design/feed.md 10; GB/T 32918; GM/T 0009
 */
import { execFileSync } from 'node:child_process';
import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  createSm2Key,
  readSm2PrivateKey,
  readSm2PublicKey,
  signedBytes,
  signStatement,
  sm2Sign,
  sm2Verify,
  softwareSigner,
} from '@hub/schema';
import type { Sm2PrivateKey } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const id = ['-sigopt', 'distid:1234567812345678'];
const messages = [Buffer.alloc(0), Buffer.from('存证 proof'), Buffer.alloc(100_000, 7)];

let folder: string;
const at = (name: string): string => join(folder, name);
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'hub-sm2-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function openssl(...words: readonly string[]): string {
  try {
    return execFileSync('openssl', [...words], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (cause) {
    // Whether a signature holds is told by its exit code.
    return cause instanceof Error && 'stdout' in cause ? String(cause.stdout) : '';
  }
}

function privateKeyOf(pem: string): Sm2PrivateKey {
  const key = readSm2PrivateKey(pem);
  if (key === undefined) throw new Error('no SM2 private key');
  return key;
}

/** Puts a key and a message where the command finds them. */
function place({ publicKey }: Sm2PrivateKey, message: Buffer): void {
  writeFileSync(at('public.pem'), publicKey.pem);
  writeFileSync(at('message'), message);
}

describe.each([
  ['a key of ours', () => createSm2Key()],
  ['a key of openssl', () => openssl('genpkey', '-algorithm', 'SM2')],
])('With %s', (_whose, make) => {
  test('openssl verifies what we sign, and not what is one bit away', () => {
    const key = privateKeyOf(make());
    for (const message of messages) {
      place(key, message);
      const signature = sm2Sign(message, key);
      writeFileSync(at('signature'), signature);
      const words = ['dgst', '-sm3', '-verify', 'public.pem', ...id, '-signature', 'signature', 'message'];
      expect(openssl(...words)).toBe('Verified OK\n');
      writeFileSync(at('message'), Buffer.concat([message, Buffer.of(0)]));
      expect(openssl(...words)).toBe('Verification failure\n');
      expect(sm2Verify(message, signature, key.publicKey)).toBe(true);
    }
  });

  test('we verify what openssl signs, and not under another id, of another message or by another key', () => {
    const pem = make();
    const key = privateKeyOf(pem);
    writeFileSync(at('private.pem'), pem);
    for (const message of messages) {
      place(key, message);
      const signedWith = (...words: readonly string[]): Buffer => {
        openssl('dgst', '-sm3', '-sign', 'private.pem', ...words, '-out', 'signature', 'message');
        return readFileSync(at('signature'));
      };
      const signature = signedWith(...id);
      expect(sm2Verify(message, signature, key.publicKey)).toBe(true);
      expect(sm2Verify(Buffer.concat([message, Buffer.of(0)]), signature, key.publicKey)).toBe(false);
      expect(sm2Verify(message, signature, privateKeyOf(createSm2Key()).publicKey)).toBe(false);
      expect(sm2Verify(message, signature.with(12, (signature[12] ?? 0) ^ 1), key.publicKey)).toBe(false);
      expect(sm2Verify(message, Buffer.concat([signature, Buffer.of(0)]), key.publicKey)).toBe(false);
      expect(sm2Verify(message, signedWith('-sigopt', 'distid:somebody'), key.publicKey)).toBe(false);
    }
  });
});

test('what Node signs by itself nobody else verifies: the reason why Z is put first here', () => {
  const pem = createSm2Key();
  const key = privateKeyOf(pem);
  const [message = Buffer.alloc(0)] = messages.slice(1);
  place(key, message);
  writeFileSync(at('signature'), sign('sm3', message, createPrivateKey(pem)));
  expect(openssl('dgst', '-sm3', '-verify', 'public.pem', ...id, '-signature', 'signature', 'message')).toBe('Verification failure\n');
});

test('a statement is verified by openssl from its text alone', async () => {
  const key = privateKeyOf(createSm2Key());
  const statement = { stream: 'toy-east', epoch: 'e', from: 1, to: 2, count: 2, root: '0'.repeat(64), at: '2026-11-22T16:00:00.000000Z' };
  const { signature } = await signStatement(statement, softwareSigner(key));
  place(key, Buffer.from(`hub/range/1\n${JSON.stringify(statement)}`));
  expect(signedBytes(statement)).toEqual(readFileSync(at('message')));
  writeFileSync(at('signature'), Buffer.from(signature, 'base64'));
  expect(openssl('dgst', '-sm3', '-verify', 'public.pem', ...id, '-signature', 'signature', 'message')).toBe('Verified OK\n');
});

test('the fingerprint is what openssl gives for the key’s DER', () => {
  const { publicKey } = privateKeyOf(createSm2Key());
  writeFileSync(at('public.pem'), publicKey.pem);
  openssl('pkey', '-pubin', '-in', 'public.pem', '-outform', 'DER', '-out', 'public.der');
  expect(openssl('dgst', '-sm3', '-r', 'public.der').split(' ')[0]).toBe(publicKey.fingerprint);
  expect(readSm2PublicKey(openssl('pkey', '-pubin', '-in', 'public.pem'))?.pem).toBe(publicKey.pem);
});
