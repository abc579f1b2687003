import { existsSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { identifierChecks } from '../identifiers/checks.ts';
import { law } from '../law.ts';
import { dictionaryDocuments, dictionaryScript } from './dictionary-pages.ts';

const served = law();
const names = served.contracts.map(({ contract }) => contract.name);
const documents = dictionaryDocuments(served, names);
const texts = new Map([...documents].map(([path, write]) => [path, write().text]));
const pages = [...texts].filter(([path]) => !path.endsWith('.json'));
const textOf = (path: string) => texts.get(path) ?? '';
const idsOf = (html: string) => [...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id);

const empty = /^(meta|input|br|wbr)$/;
const drawn = /^(rect|path)$/;

/** Tags that are left open, closed twice or crossed. */
function unbalanced(html: string): readonly string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  const markup = html.replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '').replace('<!doctype html>', '');
  for (const [tag, slash, name = '', closed] of markup.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (empty.test(name) || (drawn.test(name) && closed === '/')) continue;
    if (slash === '') open.push(name);
    else if (open.pop() !== name) wrong.push(tag);
  }
  const stray = markup.replaceAll(/<\/?[a-z][a-z0-9]*(?:\s[^<>]*?)?\/?>/g, '').match(/.{0,20}[<>].{0,20}/g) ?? [];
  return [...wrong, ...open, ...stray];
}

describe('the dictionary', () => {
  test('has a page for each contract, and those for all', () => {
    expect([...documents.keys()].toSorted()).toEqual(
      [
        ...names.map((name) => `/dictionary/${name}`),
        ...['', '/codes', '/types', '/search.json'].map((path) => `/dictionary${path}`),
      ].toSorted(),
    );
  });

  test('tells of the contracts in service only, and there is none without', () => {
    expect([...dictionaryDocuments(served, ['board', 'elsewhere']).keys()]).toEqual([
      '/dictionary/board',
      '/dictionary',
      '/dictionary/codes',
      '/dictionary/types',
      '/dictionary/search.json',
    ]);
    expect(dictionaryDocuments(served, ['elsewhere'])).toEqual(new Map());
  });

  test.each(served.contracts)('every dataset, field and wire code of $contract.name has its place', ({ contract }) => {
    const html = textOf(`/dictionary/${contract.name}`);
    const ids = idsOf(html);
    const wanted = contract.datasets.flatMap(({ code, fields }) => [
      `dataset-${code}`,
      ...fields.map(({ name }) => `field-${code}.${name}`),
    ]);
    expect(ids.filter((id) => /^(dataset|field)-/.test(id) && !id.endsWith('-name'))).toEqual(wanted);
    const codes = contract.datasets.flatMap(({ fields }) => fields.flatMap(({ wire }) => wire.map(({ code }) => code)));
    expect(codes.filter((code) => code !== '' && !html.includes(`<code>${code}</code>`))).toEqual([]);
    for (const { code } of contract.datasets) expect(textOf('/dictionary')).toContain(`/dictionary/${contract.name}#dataset-${code}"`);
  });

  test.each(served.contracts)('every dataset of $contract.name is told in full', ({ contract }) => {
    const html = textOf(`/dictionary/${contract.name}`);
    for (const dataset of contract.datasets) {
      const section = new RegExp(`<section class="chapter" id="dataset-${dataset.code}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? '';
      const terms = [...section.matchAll(/<dt>(\S+)/g)].map(([, term]) => term);
      const boxes = [...section.matchAll(/<figcaption>([^<：]*)/g)].map(([, name]) => name?.trim());
      expect([dataset.code, terms]).toEqual([dataset.code, expect.arrayContaining(['图类型', '查询', '键', '公开', '范围'])]);
      expect([dataset.code, dataset.why]).toEqual([
        dataset.code,
        expect.stringMatching(/^[^a-z]*\p{Script=Han}.*。[A-Z][^\p{Script=Han}]*\.$/u),
      ]);
      expect([dataset.code, boxes]).toEqual([dataset.code, ['报文 XML', '查询 GraphQL', '报文 JSON', '查询的答案']]);
      expect([dataset.code, section.includes('<svg')]).toEqual([
        dataset.code,
        dataset.fields.some(({ relation }) => relation !== undefined),
      ]);
      expect([dataset.code, section.includes('省增')]).toEqual([
        dataset.code,
        !dataset.national || dataset.fields.some(({ wire }) => wire.some(({ national }) => !national)),
      ]);
    }
  });

  test('every code list is told with each of its codes and how much of it is known', () => {
    const html = textOf('/dictionary/codes');
    for (const list of served.codes.all()) {
      const section = new RegExp(`<section class="chapter" id="list-${list.name}"[\\s\\S]*?</section>`).exec(html)?.[0] ?? '';
      const codes = [...section.matchAll(/<th scope="row"><code>([^<]*)<\/code>/g)].map(([, code]) => code);
      expect([list.name, codes]).toEqual([list.name, list.values.map(({ code }) => code)]);
      expect(section).toMatch(/● 全部已知|◐ 部分已知|◔ 未确认是否全部|○ 值未知/);
      expect(section.includes('● 全部已知')).toBe(list.complete && list.values.length > 0);
    }
  });
});

test('every identifier rule is told in Chinese', () => {
  const rows = [...textOf('/dictionary/types').matchAll(/<tr id="id-([^"]+)">.*?<td>([^<]*)<\/td>/g)];
  expect(rows.map(([, rule]) => rule)).toEqual([...identifierChecks.keys()]);
  expect(rows.filter(([, , meaning = '']) => !/\p{Script=Han}/u.test(meaning)).map(([, rule]) => rule)).toEqual([]);
});

describe.each(pages)('%s', (path, html) => {
  test('is well formed, and no place has two meanings', () => {
    expect(unbalanced(html)).toEqual([]);
    const ids = idsOf(html);
    expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
  });

  test('every link leads to a place that is there', () => {
    const links = [...new Set([...html.matchAll(/ href="([^"]*)"/g)].map(([, link = '']) => link))];
    const lost = links.filter((link) => {
      const [page = '', place] = link.split('#');
      if (page === '/') return false;
      if (page.startsWith('/schemas/')) return !isSchema(page.slice('/schemas/'.length));
      const target = textOf(page === '' ? path : page);
      return target === '' || (place !== undefined && !target.includes(` id="${place}"`));
    });
    expect(lost).toEqual([]);
  });

  test('loads nothing and links nowhere outside, and runs its one script; samples may show an address that leads nowhere', () => {
    const [before = '', after = ''] = html.split(`<script>${dictionaryScript}</script>`);
    expect(after).not.toBe('');
    const style = /<style>[\s\S]*?<\/style>/.exec(before)?.[0] ?? '';
    // What stands in a text is escaped, so every «<» begins a tag.
    const tags = (before.replace(style, '') + after).match(/<[^>]*>/g)?.join('') ?? '';
    expect(tags).not.toMatch(
      /<script|\son[a-z]+=|<(?:link|img|iframe|object|embed|base|form)\b|\s(?:src|action|formaction|srcset|style)=/i,
    );
    expect(tags).not.toMatch(/href="(?!\/(?!\/)|#)/i);
    expect([tags, style, dictionaryScript].join('')).not.toMatch(/url\(|@import|javascript:|https?:|fetch\((?!'\/(?!\/))/i);
    expect(html).not.toMatch(/\bhttps?:\/\/(?!example\.invalid\/)/i);
  });

  test('is Chinese, fits a phone, and has one main part and one title', () => {
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect([html.match(/<main\b/g)?.length, html.match(/<h1>/g)?.length]).toEqual([1, 1]);
    expect(html.replace(dictionaryScript, '')).not.toMatch(/<th(?! scope=|ead)|undefined|\[object /);
  });
});

/** The forms of messages, which the gateway serves. */
function isSchema(path: string): boolean {
  return ['', 'generated/messages/'].some((folder) => existsSync(new URL(`../../${folder}${path}`, import.meta.url)));
}
