/**
 * Every fault is caught by the audit that names it, and nothing fails that does not follow from it.
 * @see tests/conformance/suite/README.md
 */
import { type Report, audits, keySigner, runSuite } from '@hub/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startAltered } from '../support/conformance/altered-system.ts';
import { brokenSystems } from '../support/conformance/broken-systems.ts';
import { type DemonstrationSystems, startDemonstration } from '../support/conformance/demonstration-systems.ts';
import { signatureKeys, startSigningDoor } from '../support/conformance/signing-door.ts';
import { startUnsealed } from '../support/conformance/unsealed-system.ts';

let demonstration: DemonstrationSystems;
let own: DemonstrationSystems['systems'][number];
beforeAll(async () => {
  demonstration = await startDemonstration(['board', 'construction']);
  const [first] = demonstration.systems;
  if (first === undefined) throw new Error('no system runs');
  own = first;
});
afterAll(async () => {
  await demonstration[Symbol.asyncDispose]();
});

// What only takes time, or is judged with a key, is tried below or against the kit.
const only = audits.map(({ id }) => id).filter((id) => !/^(LAT-|SIGN-|LIMIT-00[23])/.test(id));

const failed = ({ results }: Report): readonly string[] => results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);

describe('a system with one fault', { timeout: 120_000 }, () => {
  test.each(brokenSystems)('$fault: $audit', async ({ audit, follows, alter }) => {
    await using broken = await startAltered(own.url, alter);
    const report = await runSuite({ url: broken.url, system: own.system.code, contracts: ['board'], only });
    const found = failed(report);
    expect({ found, verdict: report.verdict, caught: found.includes(audit) }).toEqual({ found, verdict: 'NOT_CONFORMANT', caught: true });
    expect(found.filter((id) => id !== audit && !follows.includes(id))).toEqual([]);
  });

  test('sealed bids are shown: SEAL-001', async () => {
    await using unsealed = await startUnsealed(demonstration.databaseUrl, own);
    const report = await runSuite({
      url: unsealed.url,
      system: own.system.code,
      contracts: ['board', 'construction'],
      only: ['SEAL', 'READ', 'ID', 'ORDER', 'COUNT'],
    });
    expect({ failed: failed(report), verdict: report.verdict }).toEqual({
      failed: ['SEAL-001', 'SEAL-002', 'SEAL-004'],
      verdict: 'NOT_CONFORMANT',
    });
  });

  test.each([
    ['signature', ['SIGN-001', 'SIGN-002', 'SIGN-003']],
    ['body', ['SIGN-002']],
    ['replay', ['SIGN-003']],
  ] as const)('%s is not looked at: %s', async (blind, expected) => {
    const { jwk, publicKey } = await signatureKeys();
    await using door = await startSigningDoor({ url: own.url, audience: own.system.code, publicKey, blind });
    const signer = await keySigner(jwk, own.system.code);
    const report = await runSuite({ url: door.url, system: own.system.code, contracts: ['board'], signer, only: ['SIGN'] });
    expect(failed(report)).toEqual(expected);
  });
});
