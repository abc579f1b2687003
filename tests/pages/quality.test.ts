/**
 * The page of quality: the matrix and what is behind a cell, violations for government alone, a system that is strangely silent,
 * and a page that says so when the exchange is away. @see gateway/src/pages/quality.ts
 */
import { type Gateway, startGateway } from '@hub/gateway';
import { createLog } from '@hub/kit/process';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { browserProgram, openBrowser } from '../support/browser.ts';
import { callerToken, tokenSecret } from '../support/caller-token.ts';
import { supergraphFile } from '../support/federation.ts';
import { gatewayKey } from '../support/gateway-key.ts';
import { type QualitySubgraph, startQualitySubgraph } from '../support/quality-subgraph.ts';

const systems = ['toy-east', 'toy-west', 'toy-province'];
const trades = ['construction', 'procurement', 'land', 'tea', ''];
let subgraph: QualitySubgraph;
let gateway: Gateway;

beforeAll(async () => {
  subgraph = await startQualitySubgraph({ nowMs: Date.now });
  await fill();
  gateway = await startGateway({
    supergraph: supergraphFile,
    port: 0,
    log: createLog('gateway', 'silent'),
    systems: systems.map((code, place) => ({
      code,
      name: `第${place + 1}交易系统`,
      contracts: ['board'],
      state: 'published' as const,
      url: 'http://127.0.0.1:9/graphql',
    })),
    endpoints: { exchange: subgraph.url },
    key: gatewayKey,
    reach: { loopback: true },
    tokens: { tokenSecret },
    pollMs: 3_600_000,
  });
}, 60_000);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await subgraph[Symbol.asyncDispose]();
});

describe('The page as it is sent', () => {
  test('is a matrix of systems by trades; a cell says its rate and leads on', async () => {
    const page = await html('/quality');
    expect([...page.matchAll(/href="(\/quality\/[^"?]+)/g)].map(([, path = '']) => path).toSorted()).toEqual(
      systems.flatMap((system) => trades.map((trade) => `/quality/${system}/${trade === '' ? '-' : trade}`)).toSorted(),
    );
    expect(page).toMatch(/class="is-poor"><a href="\/quality\/toy-west\/land\?days=30"><b>79\.7%<\/b>/);
    expect([...page.matchAll(/<th scope="col">(.*?)<br>/g)].map(([, name]) => name)).toEqual([
      '系统',
      '不属任何类别',
      '工程建设',
      '土地使用权出让',
      '政府采购',
      '茶叶',
    ]);
    expect(await html('/quality?measure=timeliness')).toMatch(
      /class="is-fair"><a href="\/quality\/toy-east\/construction\?days=30"><b>90\.9%/,
    );
  });

  test('names who is silent where it never was, and nobody else', async () => {
    const [, silent = ''] = /<section class="warn"[^>]*>(.*?)<\/section>/s.exec(await html('/quality')) ?? [];
    expect([...silent.matchAll(/<li><b>(.*?)<\/b>/g)].map(([, name]) => name)).toEqual(['toy-west']);
  });

  test('which rules a cell breaks is for government', async () => {
    const path = '/quality/toy-west/land';
    const [anybody, government] = [await html(path), await html(path, await callerToken('GOVERNMENT'))];
    expect([anybody.includes('REQUIRED_MISSING'), government.includes('REQUIRED_MISSING')]).toEqual([false, true]);
    expect(government).toContain('必填字段没有值。 <span class="en" lang="en">A required field is absent.</span>');
    expect(anybody).toContain('政务用户可见');
    expect(await html(path, await callerToken('RESTRICTED'))).toContain('REQUIRED_MISSING');
  });

  test('a cell without changes and a place there is not are not found', async () => {
    expect((await get('/quality/nobody/land')).status).toBe(404);
    expect((await get('/quality/toy-west')).status).toBe(404);
    expect((await get('/quality/toy-west/land/more')).status).toBe(404);
    expect((await get('/quality/%3Cb%3E/land')).status).toBe(404);
  });
});

describe.skipIf(browserProgram === undefined)('In a browser', { timeout: 30_000 }, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await openBrowser()), 30_000);
  afterAll(() => browser.close());

  test.each(['/quality', '/quality/toy-west/land'])(
    '%s: nothing is cut off on a desk or a phone, and the drawings are drawn',
    async (path) => {
      const authorization = `Bearer ${await callerToken('GOVERNMENT')}`;
      const page = await browser.newPage({ extraHTTPHeaders: { authorization } });
      page.on('pageerror', (error) => expect.fail(error.message));
      await page.goto(`${gateway.url}${path}`);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
        expect(await page.locator('svg.days rect').first().isVisible()).toBe(true);
      }
      await page.close();
    },
  );
});

test('without the exchange the page stays up and says so', async () => {
  await subgraph.stop();
  const answer = await get('/quality');
  expect([answer.status, (await answer.text()).includes('数据交换暂时无法连通')]).toEqual([200, true]);
});

/** Counters of a month: of `toy-west` nothing for two days, where every hour had something. */
async function fill(): Promise<void> {
  const { sql } = subgraph.exchange;
  await sql`insert into quality_day (system, dataset, category, day, changes, accepted, refused, waiting, conforming, accurate,
      same_day, days_2_3, days_4_7, later, ahead)
    select s.system, d.dataset, t.category, (now() at time zone 'Asia/Shanghai')::date - n, 100, 99 - bad, bad, 1, 99 - bad, 99 - bad - n % 3,
      90, 5, 2, 1 + n % 2, 1 - n % 2
    from unnest(${systems}::text[]) as s(system) cross join unnest(${trades}::text[]) as t(category)
    cross join unnest(array['TENDER_PROJECT', 'SECTION']) as d(dataset) cross join generate_series(0, 29) as n
    cross join lateral (select case when s.system = 'toy-west' and t.category = 'land' then 20 when t.category = 'procurement' then 4 else 0 end) as b(bad)`;
  await sql`update quality_day set conforming = 79, accurate = 70, accepted = 79 where system = 'toy-west' and category = 'land'`;
  await sql`insert into quality_repair_day select system, dataset, category, day, refused / 2 from quality_day where refused > 0`;
  await sql`insert into quality_rule_day select system, dataset, category, day, 'REQUIRED_MISSING', 'BID_SECTION_NAME', 'refusal', refused
    from quality_day where refused > 0
    union all select system, dataset, category, day, 'CHECK_CHARACTER', 'TENDER_PROJECT_CODE', 'warning', 3 from quality_day where category = 'land'`;
  await sql`insert into quality_stage_day select distinct system, category, day, stage, lots from quality_day
    cross join (values ('TENDER', 9), ('OPENING', 8), ('CANDIDATES', 8), ('AWARD', 10), ('ABNORMAL', 1)) as l(stage, lots)`;
  await sql`insert into quality_hour select s.system, date_trunc('hour', now()) - n * interval '1 hour', 8
    from unnest(${systems}::text[]) as s(system) cross join generate_series(0, 800) as n where s.system <> 'toy-west' or n > 48`;
}

async function get(path: string, token?: string): Promise<Response> {
  return fetch(`${gateway.url}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
}

async function html(path: string, token?: string): Promise<string> {
  return (await get(path, token)).text();
}
