/**
 * The page of systems: each stands there as it is, whoever may see more sees more, and nothing that a system calls itself runs.
 * In a browser: it narrows, refreshes itself, and tells when the registry is away. @see gateway/src/pages/systems.ts
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Gateway } from '@hub/gateway';
import { createSigningKey } from '@hub/kit/process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

import { ask } from '../support/ask.ts';
import { browserProgram, openBrowser } from '../support/browser.ts';
import { callerToken, tokenSecret } from '../support/caller-token.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { followedRegistry, type Followed } from '../support/registry-of.ts';

const patience = { timeout: 10_000 };
const hostile = '<img src=x onerror=alert(1)>"\'&';
const reason = '机房搬迁';
let home: string;
let federation: Federation;
let followed: Followed;
let gateway: Gateway;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-systems-page-'));
  federation = await startFederation({
    province: generatedProvince(4, ({ code }) => (code === 's03' ? { name: `第4${hostile}` } : {})),
    records: { each: 2, datasets: ['BOARD_NOTICE'], seed: 3 },
  });
  followed = await followedRegistry(federation);
  await followed.publishAll();
  gateway = await followed.startGateway(join(home, 'routing.jws'), undefined, { tokens: { tokenSecret } });
  await federation.make('refused', ['s01']);
  await change('mutation { withdrawSystem(system: "s02", reason: "机房搬迁") { state } }');
  const draft = { code: 'draft', name: `草案${hostile}`, nameEn: hostile, owner: hostile, region: '990100', contracts: ['board'] };
  const input = { ...draft, key: createSigningKey().publicJwk };
  await change('mutation ($input: RegisterInput!) { registerSystem(input: $input) { code } }', { input });
  // A busy machine takes several looks until everybody was asked.
  await settled(['作答 <b>2</b>', '缺席 <b>1</b>', '已撤回 <b>1</b>']);
}, 60_000);
afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await followed[Symbol.asyncDispose]();
  await federation[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

describe('The page as it is sent', () => {
  test('sums up, and shows every system as it stands', async () => {
    const page = await html('/systems');
    expect(textOf(/<p class="sum".*?<\/p>/s.exec(page)?.[0])).toBe('共 5 个系统作答 2缺席 1接入中 1已撤回 1');
    const states = [...page.matchAll(/<tr data-state="(\w+)".*?href="\/systems\/([\w-]+)"/gs)].map(([, state, code]) => [code, state]);
    expect(states).toEqual([
      ['draft', 'onboarding'],
      ['s00', 'answering'],
      ['s01', 'away'],
      ['s02', 'withdrawn'],
      ['s03', 'answering'],
    ]);
    expect(textOf(rowOf(page, 's01'))).toMatch(/缺席 away无法连接 cannot be reached，自 \d{4}-\d\d-\d\d \d\d:\d\d 起（刚刚|\d+ 秒前）/);
    expect(textOf(rowOf(page, 'draft'))).toContain('✓登记（已完成）✓密钥（已完成）·检查（未完成）·发布（未完成）·作答（未完成）');
  });

  test('says how long ago the newest record came, of systems that answer', async () => {
    const page = await html('/systems');
    expect(rowOf(page, 's00')).toMatch(/data-l="最近入库"><time datetime="[^"]+\+08:00"/);
    expect(rowOf(page, 's02')).toMatch(/data-l="最近入库"><span class="none-yet">/);
  });

  test.each(['/systems', '/systems/s03', '/systems/draft'])('%s: names are text', async (path) => {
    const page = await html(path);
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
    expect(page).not.toContain('<img');
  });

  test('one system tells its past; why it left is for government, and is not there for anybody else', async () => {
    const [anybody, government] = [await html('/systems/s02'), await html('/systems/s02', await callerToken('GOVERNMENT'))];
    expect(anybody).toContain('撤回');
    expect([anybody.includes(reason), government.includes(reason)]).toEqual([false, true]);
    const host = federation.proxies.get('s02')?.url.split('/')[2] ?? 'nowhere';
    expect([anybody.includes(host), government.includes(host)]).toEqual([false, true]);
  });

  test('a token that is not valid is refused, and a system there is not is not found', async () => {
    expect((await get('/systems', 'nonsense')).status).toBe(401);
    expect((await get('/systems/nobody')).status).toBe(404);
    expect((await get('/systems/<b>')).status).toBe(404);
  });
});

describe.skipIf(browserProgram === undefined)('In a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => void (browser = await openBrowser()), 30_000);
  afterAll(() => browser.close());

  const open = async (path: string, width: number): Promise<Page> => {
    const page = await browser.newPage({ viewport: { width, height: 850 } });
    await page.clock.install();
    page.on('pageerror', (error) => expect.fail(error.message));
    page.on('dialog', () => expect.fail('a name ran'));
    await page.goto(`${gateway.url}${path}`);
    return page;
  };
  const shown = (page: Page): Promise<readonly string[]> => page.locator('tbody tr:visible th code').allTextContents();

  test.each([1440, 390])('nothing is cut off at %i px', async (width) => {
    for (const path of ['/systems', '/systems/s03']) {
      const page = await open(path, width);
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(width);
      await page.close();
    }
  });

  test('it narrows by text, state and contract, keeps that in its address, and through a refresh', async () => {
    const page = await open('/systems', 1440);
    await page.getByLabel('状态').selectOption('away');
    expect(await shown(page)).toEqual(['s01']);
    await page.getByLabel('状态').selectOption('');
    await page.getByLabel('查找').fill('第1');
    expect(await shown(page)).toEqual(['s00']);
    expect(new URL(page.url()).search).toBe(`?q=${encodeURIComponent('第1')}`);
    await page.locator('a[href="/systems/s00"]').focus();
    const refreshed = page.waitForResponse((answer) => answer.url().endsWith('/systems'));
    await page.evaluate('document.querySelector("[data-live=rows]").replaceChildren()');
    await page.clock.fastForward(15_000);
    await refreshed;
    await vi.waitFor(async () => expect(await shown(page)).toEqual(['s00']), patience);
    await page.reload();
    expect(await shown(page)).toEqual(['s00']);
    await page.close();
  });

  test('a system that goes away is shown away with the next refresh; the place in the page and the focus stay', async () => {
    const page = await open('/systems', 390);
    await page.locator('a[href="/systems/s03"]').focus();
    await page.evaluate('scrollTo(0, 700)');
    const place = await page.evaluate<number>('scrollY');
    await federation.make('refused', ['s03']);
    // Others ask meanwhile: the gateway gives it up, and the page need not find out by itself.
    for (let time = 0; time < 3; time++) await ask(`${gateway.url}/graphql`, { query: '{ notices(first: 1) { totalCount } }' });
    await page.clock.fastForward(15_000);
    await vi.waitFor(
      async () => expect(await page.locator('tr:has(a[href="/systems/s03"])').getAttribute('data-state')).toBe('away'),
      patience,
    );
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('/systems/s03');
    expect(Math.abs((await page.evaluate<number>('scrollY')) - place)).toBeLessThan(60);
    await federation.make('healthy', ['s03']);
    await page.close();
  });

  test('without script it is whole', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${gateway.url}/systems`);
    expect(await shown(page)).toEqual(['draft', 's00', 's01', 's02', 's03']);
    expect(await page.locator('.filter').isVisible()).toBe(false);
    await context.close();
  });
});

test('without the registry the page stays up by what the gateway knows, and says so', { timeout: 30_000 }, async () => {
  await followed.registry[Symbol.asyncDispose]();
  const page = await html('/systems');
  expect(page).toContain('登记处暂时无法连通');
  expect([...page.matchAll(/href="\/systems\/(\w+)"/g)].map(([, code]) => code)).toEqual(['s00', 's01', 's02', 's03']);
  expect(rowOf(page, 's02')).toContain('data-state="withdrawn"');
  expect(await html('/systems/s00')).toContain('登记处暂时无法连通');
});

async function change(mutation: string, variables: Readonly<Record<string, unknown>> = {}): Promise<void> {
  expect((await followed.operator(mutation, variables)).errors).toEqual([]);
}

/** Waits until the page says all of this. */
async function settled(words: readonly string[]): Promise<void> {
  await vi.waitUntil(
    async () => {
      const page = await html('/systems');
      return words.every((word) => page.includes(word));
    },
    { timeout: 30_000 },
  );
}

function get(path: string, token?: string): Promise<Response> {
  return fetch(`${gateway.url}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
}

async function html(path: string, token?: string): Promise<string> {
  return (await get(path, token)).text();
}

/** The row of a system, its tag included. */
function rowOf(page: string, code: string): string {
  return page.split('<tr ').find((row) => row.includes(`href="/systems/${code}"`)) ?? '';
}

function textOf(markup = ''): string {
  return markup.replaceAll(/<[^>]*>/g, '').replaceAll(/\s*\n\s*/g, '');
}
