/**
 * Against the kit the suite is green, and over systems of all contracts every audit has something to judge.
 * @see tests/conformance/suite/README.md
 */
import { type Report, audits, keySigner, runSuite } from '@hub/conformance';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type DemonstrationSystems, startDemonstration } from '../support/conformance/demonstration-systems.ts';
import { signatureKeys, startSigningDoor } from '../support/conformance/signing-door.ts';

let demonstration: DemonstrationSystems;
const reports: Report[] = [];

beforeAll(async () => {
  demonstration = await startDemonstration();
  const seen = new Set<string>();
  for (const { system, url } of demonstration.systems) {
    // What one system was judged by is not asked of the next again; every system has the board.
    const contracts = system.contracts.filter((name) => !seen.has(name));
    for (const name of contracts) seen.add(name);
    reports.push(await runSuite({ url, system: system.code, contracts, rowsOfList: 101 }));
  }
}, 600_000);
afterAll(async () => {
  await demonstration[Symbol.asyncDispose]();
});

const failures = (report: Report): readonly unknown[] =>
  report.results.filter(({ outcome }) => outcome === 'failed').map(({ id, faults }) => ({ id, faults }));

describe('the kit', () => {
  test('conforms, whatever contracts a system serves', () => {
    expect(reports.map((report) => ({ verdict: report.verdict, failed: failures(report) }))).toEqual(
      reports.map(() => ({ verdict: 'CONFORMANT', failed: [] })),
    );
  });

  test('gives every audit something to judge', async () => {
    const [first] = demonstration.systems;
    const { jwk, publicKey } = await signatureKeys();
    await using door = await startSigningDoor({ url: first?.url ?? '', audience: first?.system.code ?? '', publicKey });
    const signer = await keySigner(jwk, first?.system.code ?? '');
    const signed = await runSuite({ url: door.url, system: first?.system.code, contracts: ['board'], signer, only: ['SIGN'] });
    expect(failures(signed)).toEqual([]);
    const judged = new Set(
      [...reports, signed].flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)),
    );
    expect(audits.map(({ id }) => id).filter((id) => !judged.has(id))).toEqual([]);
  });
});
