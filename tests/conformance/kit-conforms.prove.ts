/**
 * Against the kit the suite is green over systems of all contracts, as they answer signed requests.
 * @see tests/conformance/suite/README.md
 */
import { type Report, keySigner, runSuite } from '@hub/conformance';
import { privateJwkOf } from '@hub/kit/process';
import { expect, test } from 'vitest';

import { startDemonstration } from '../support/conformance/demonstration-systems.ts';
import { gatewayKey, gatewayTrust } from '../support/gateway-key.ts';
import { recordFigures } from '../support/results.ts';

test('the kit conforms, whatever contracts a system serves', { timeout: 1_800_000 }, async () => {
  await using demonstration = await startDemonstration(gatewayTrust);
  const reports: Report[] = [];
  for (const { system, url } of demonstration.systems) {
    const signer = await keySigner(JSON.stringify(privateJwkOf(gatewayKey)), system.code);
    reports.push(await runSuite({ url, system: system.code, contracts: system.contracts, signer }));
  }
  expect(
    reports.map(({ verdict, results }) => ({
      verdict,
      failed: results.filter(({ outcome }) => outcome === 'failed').map(({ id, faults }) => ({ id, faults })),
    })),
  ).toEqual(reports.map(() => ({ verdict: 'CONFORMANT', failed: [] })));
  await recordFigures(
    'conformance',
    Object.fromEntries(
      reports.map(({ contracts, rows, questions, results, ms }) => [
        contracts.map(({ name }) => name).join(' '),
        { rows, questions, passed: results.filter(({ outcome }) => outcome === 'passed').length, ms },
      ]),
    ),
  );
});
