/**
 * The key of statements is its owner's alone, and of SM2.
 */
import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readSm2PublicKey } from '@hub/schema';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openStatementKey } from './statement-key-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-key-'));
  file = join(folder, 'statements.pem');
});
afterEach(() => rm(folder, { recursive: true }));

test('is made once, for its owner alone, and is the same from then on', async () => {
  const { publicKey } = openStatementKey(file);
  expect(openStatementKey(file).publicKey.pem).toBe(publicKey.pem);
  expect(readSm2PublicKey(publicKey.pem)?.fingerprint).toBe(publicKey.fingerprint);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual(['statements.pem']);
});

test('one that others may read is refused, and so is a folder that cannot be written', async () => {
  openStatementKey(file);
  await chmod(file, 0o604);
  const messageEn = `The key file ${file} is open to other users: chmod 600.`;
  expect(() => openStatementKey(file)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', messageEn }));
  expect(() => openStatementKey(join(folder, 'none', 'key.pem'))).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});

const otherCurve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const otherKind = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test.each([['not PEM'], [''], [otherCurve], [otherKind]])('%# is no key of SM2, and is not quoted', async (content) => {
  await writeFile(file, content, { mode: 0o600 });
  const messageEn = `The key file ${file} is no SM2 private key (PKCS #8 in PEM, not encrypted).`;
  expect(() => openStatementKey(file)).toThrow(expect.objectContaining({ messageEn }));
});
