/**
 * What a signer itself may have stated wrongly. @see schema/PROTOCOL.md «Proof»
 */
import { createSm2Key, readSm2PrivateKey, type RangeStatement, signStatement, softwareSigner } from '@hub/schema';
import { expect, test } from 'vitest';

import { checkStatement } from './check-statement.ts';
import type { Fault } from './fault.ts';

const whole: RangeStatement = {
  stream: 'toy-east',
  epoch: 'e',
  from: 11,
  to: 20,
  count: 10,
  root: '0'.repeat(64),
  at: '2026-11-22T16:00:00.000000Z',
};

test.each([
  ['as the whole', {}, []],
  ['of another count', { count: 9 }, ['STATEMENT_OTHER']],
  ['of another stream', { stream: 'toy-west' }, ['STATEMENT_OTHER']],
  ['of another epoch', { epoch: 'f' }, ['STATEMENT_OTHER']],
  ['that begins earlier', { from: 10, count: 11 }, ['STATEMENT_OTHER']],
  ['that ends later', { to: 21, count: 11 }, ['STATEMENT_OTHER']],
])('a statement %s, well signed', async (_what, other, codes) => {
  const key = readSm2PrivateKey(createSm2Key());
  if (key === undefined) throw new Error('no key');
  const signed = await signStatement({ ...whole, ...other }, softwareSigner(key));
  const faults: Fault[] = [];
  const keys = new Map([[key.publicKey.fingerprint, key.publicKey]]);
  checkStatement({ kind: 'range', ...signed }, { keys, expected: undefined, whole, onFault: (fault) => faults.push(fault) });
  expect(faults.map(({ code }) => code)).toEqual(codes);
});
