/**
 * Against the kit the suite is green and every audit has something to judge; every fault is caught by the audit that names it, and
 * nothing fails that does not follow from it.
 * @see tests/conformance/suite/README.md
 */
import { type Report, type Signer, audits, keySigner, runSuite } from '@hub/conformance';
import { privateJwkOf } from '@hub/kit/process';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';

import { startAltered } from '../support/conformance/altered-system.ts';
import { type Broken, brokenSystems } from '../support/conformance/broken-systems.ts';
import { careless, switchedTrust } from '../support/conformance/careless-trust.ts';
import { type DemonstrationSystems, startDemonstration } from '../support/conformance/demonstration-systems.ts';
import { brokenFeeds, startAlteredFeed } from '../support/conformance/broken-feeds.ts';
import { startUnsealed } from '../support/conformance/unsealed-system.ts';
import { exchangeKey, gatewayKey, gatewayTrust } from '../support/gateway-key.ts';
import { proving } from '../support/sizes.ts';

const { trust, use } = switchedTrust();
let demonstration: DemonstrationSystems;
let own: DemonstrationSystems['systems'][number];
let signer: Signer;
let exchangeSigner: Signer;
beforeAll(async () => {
  demonstration = await startDemonstration(trust, ['board', 'construction', 'market']);
  const [first] = demonstration.systems;
  if (first === undefined) throw new Error('no system runs');
  own = first;
  signer = await keySigner(JSON.stringify(privateJwkOf(gatewayKey)), own.system.code);
  exchangeSigner = await exchangeSignerFor(own.system.code);
  // What other tests write on the same server may hold the feed back for a moment.
  const sql = postgres(demonstration.databaseUrl, { max: 1 });
  const untold = async (): Promise<number> => (await sql`select from outbox where id not in (select outbox from feed)`).count;
  await vi.waitUntil(async () => (await untold()) === 0, { timeout: 20_000 });
  await sql.end();
});
afterAll(async () => {
  await demonstration[Symbol.asyncDispose]();
});

const exchangeSignerFor = (system: string) => keySigner(JSON.stringify(privateJwkOf(exchangeKey)), system, 'exchange');
const failed = ({ results }: Report): readonly string[] => results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);

describe('the kit', { timeout: 120_000 }, () => {
  test('conforms, and gives every audit something to judge', async () => {
    const reports: Report[] = [];
    for (const { system, url } of demonstration.systems) {
      reports.push(
        await runSuite({
          url,
          system: system.code,
          contracts: system.contracts,
          signer: await keySigner(JSON.stringify(privateJwkOf(gatewayKey)), system.code),
          exchangeSigner: await exchangeSignerFor(system.code),
          rowsOfList: 101,
          // The register is asked for what the others do not have.
          ...(system.contracts.includes('board') ? {} : { only: ['ENT'] }),
        }),
      );
    }
    expect(reports.flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'failed'))).toEqual([]);
    const passed = new Set(reports.flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)));
    expect(audits.map(({ id }) => id).filter((id) => !passed.has(id))).toEqual([]);
  });
});

// What only takes time, or is judged with a key, is tried on the kit.
const tried = audits.map(({ id }) => id).filter((id) => !/^(LAT-|SIGN-|FEED-|LIMIT-00[23])/.test(id));
const familyOf = (id: string): string => id.split('-', 1)[0] ?? id;

/** In `npm test` the families that may fail and what every row is held to; all of them in `npm run prove`. */
function triedFor({ audit, follows }: Broken): readonly string[] {
  const families = new Set(['READ', 'TYPE', 'ID', audit, ...follows].map(familyOf));
  return proving ? tried : tried.filter((id) => families.has(familyOf(id)));
}

describe('a system with one fault', { timeout: 120_000 }, () => {
  test.each(brokenSystems)('$fault: $audit', async (fault) => {
    const { audit, follows, alter } = fault;
    await using broken = await startAltered(own, alter);
    const report = await runSuite({ url: broken.url, system: own.system.code, contracts: ['board'], only: triedFor(fault) });
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
});

describe('a feed with one fault', { timeout: 60_000 }, () => {
  test.each(brokenFeeds)('$fault: $audit', async ({ audit, follows, alter }) => {
    await using broken = await startAlteredFeed(own, alter);
    const only = proving ? ['FEED'] : [audit];
    const report = await runSuite({ url: broken.url, system: own.system.code, contracts: ['construction'], signer, exchangeSigner, only });
    const found = failed(report);
    expect({ found, caught: found.includes(audit) }).toEqual({ found, caught: true });
    expect(found.filter((id) => id !== audit && !follows.includes(id))).toEqual([]);
  });

  test('without one a system is told so, and conforms all the same', async () => {
    await using broken = await startAlteredFeed(own, async () => ({ status: 404, text: '' }));
    const only = ['HTTP-001', 'FEED'];
    const report = await runSuite({ url: broken.url, system: own.system.code, contracts: ['board'], signer, only });
    expect({ failed: failed(report), verdict: report.verdict }).toEqual({ failed: ['FEED-001'], verdict: 'CONFORMANT' });
  });
});

describe('a system that judges signatures as the kit does, but does not look at', () => {
  afterEach(() => use(gatewayTrust));

  test.each([
    ['no signature', ['SIGN-001', 'SIGN-002', 'SIGN-003', 'SIGN-004', 'SIGN-005', 'SIGN-006']],
    ['body', ['SIGN-002']],
    ['replays', ['SIGN-003']],
    ['audience', ['SIGN-004']],
    ['time', ['SIGN-005']],
    ['signer', ['SIGN-006']],
  ] as const)('%s: %s', async (what, expected) => {
    use(careless[what]);
    const report = await runSuite({ url: own.url, system: own.system.code, contracts: ['board'], signer, only: ['SIGN'] });
    expect(failed(report)).toEqual(expected);
  });

  test('no signature, audited without a key: whoever answers the suite answers everybody', async () => {
    use(careless['no signature']);
    const report = await runSuite({ url: own.url, system: own.system.code, contracts: ['board'], only: ['SIGN'] });
    expect({ failed: failed(report), verdict: report.verdict }).toEqual({ failed: ['SIGN-001'], verdict: 'NOT_CONFORMANT' });
  });
});
