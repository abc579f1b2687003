/**
 * What is wrong with a question is the asker's error, from the closed list, and never an outage: cursors of another question,
 * page sizes, ids, filters that cannot be read. @see design/partitioning.md «Page», design/graph.md «Errors»
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type CallerQuestion, type Federation, startFederation } from '../support/federation.ts';
import { textAt } from '../support/parse-json.ts';
import { fillToyProvince } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

let federation: Federation;
let cursor: string;
beforeAll(async () => {
  federation = await startFederation({ province: await toyProvince() });
  await fillToyProvince(federation);
  const { data } = await federation.ask(page({}));
  cursor = textAt(data, 'notices', 'pageInfo', 'endCursor');
});
afterAll(() => federation[Symbol.asyncDispose]());

/** A page of notices that are about construction, newest first. */
function page(change: Readonly<Record<string, unknown>>): CallerQuestion {
  return {
    query: `query Page($filter: NoticeFilter, $order: NoticeOrder!, $first: Int!, $after: String) {
      notices(filter: $filter, order: $order, first: $first, after: $after) { nodes { id } pageInfo { endCursor } } }`,
    variables: { filter: { category: { in: ['construction'] } }, order: 'PUBLISHED_DESC', first: 2, after: null, ...change },
  };
}

async function codesOf(question: CallerQuestion): Promise<readonly unknown[]> {
  const { data, errors } = await federation.ask(question);
  expect(data ?? null).toBeNull();
  return errors.map(({ code }) => code);
}

describe('Cursors', () => {
  test('belong to one filter, one order and one caller’s rights', async () => {
    expect((await federation.ask(page({ after: cursor }))).errors).toEqual([]);
    // The same question written otherwise is the same question.
    expect(
      (await federation.ask(page({ after: cursor, first: 5, filter: { copies: 'INCLUDE', category: { in: ['construction'] } } }))).errors,
    ).toEqual([]);
    const others = [
      page({ after: cursor, filter: {} }),
      page({ after: cursor, order: 'PUBLISHED_ASC' }),
      { ...page({ after: cursor }), level: 'GOVERNMENT' } as const,
    ];
    for (const other of others) expect(await codesOf(other)).toEqual(['CURSOR_INVALID']);
  });

  test('are taken from nobody else: not a system’s own, not changed by a character, not empty', async () => {
    const changed = `${cursor.slice(0, -2)}${cursor.endsWith('AA') ? 'BB' : 'AA'}`;
    for (const after of ['WyIyMDI2IiwiZUdsdVoyTm9aVzVuIl0', changed, '', '游标']) {
      expect({ after, codes: await codesOf(page({ after })) }).toEqual({ after, codes: ['CURSOR_INVALID'] });
    }
  });

  test('tell nothing: neither keys nor systems can be read from them', () => {
    const bytes = Buffer.from(cursor, 'base64url');
    for (const word of ['2026', 'xingcheng', 'Notice']) expect(bytes.includes(word)).toBe(false);
  });
});

describe('Questions', () => {
  test.each([
    { what: 'a page of none', question: page({ first: 0 }), code: 'PAGE_SIZE_INVALID' },
    { what: 'a page of 101', question: page({ first: 101 }), code: 'PAGE_SIZE_INVALID' },
    { what: 'an instant that is none', question: page({ filter: { publishedAt: { gte: 'yesterday' } } }), code: 'FILTER_INVALID' },
    { what: 'a region that is no code', question: page({ filter: { region: { within: '%' } } }), code: 'FILTER_INVALID' },
    { what: 'a list there is not', question: { query: '{ secrets { id } }' }, code: 'QUERY_INVALID' },
  ])('$what: $code', async ({ question, code }) => {
    expect(await codesOf(question)).toEqual([code]);
  });

  test('an id of another type or of no system is refused where it was asked, the rest is answered', async () => {
    const { data, errors } = await federation.ask({
      query: `{ one: notice(id: "bm90aGluZw") { id } two: notice(id: "${Buffer.from('nowhere:Notice:1').toString('base64url')}") { id }
        three: deal(id: "${Buffer.from('xingcheng:Notice:1').toString('base64url')}") { id } four: notice(id: "${Buffer.from('xingcheng:Notice:1').toString('base64url')}") { id } }`,
    });
    expect(data).toEqual({ one: null, two: null, three: null, four: null });
    expect(errors.map(({ code, path }) => `${path.join('.')} ${String(code)}`).toSorted()).toEqual([
      'one ID_INVALID',
      'three ID_INVALID',
      'two SYSTEM_UNKNOWN',
    ]);
  });

  test('no question of these was any system’s failure', () => {
    expect(federation.events.filter(({ kind }) => kind === 'answer-invalid' || kind === 'fault')).toEqual([]);
  });
});
