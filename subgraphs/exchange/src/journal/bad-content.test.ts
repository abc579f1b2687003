/** @see issue 5 «Harvest»: what a bad source sends costs its own position alone */
import type { FeedEntry } from '@hub/kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type TestExchange, entryOf, openTestExchange, pageOf } from '../testing/index.ts';

import { takePage } from './take-page.ts';

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange();
});
afterAll(() => exchange[Symbol.asyncDispose]());

const good = (told: Partial<FeedEntry> = {}): FeedEntry =>
  entryOf({ dataset: 'PROJECT', key: 'k', position: 2, fields: { PROJECT_NAME: '好' }, ...told });
const withFields = (fields: Readonly<Record<string, string>>): FeedEntry => entryOf({ dataset: 'PROJECT', key: 'k', position: 2, fields });

const cases: readonly (readonly [string, FeedEntry, string])[] = [
  ['NUL in a value', withFields({ PROJECT_NAME: '甲\0乙' }), 'TEXT_UNREADABLE'],
  ['half a surrogate pair in a value', withFields({ PROJECT_NAME: '甲\uD800' }), 'TEXT_UNREADABLE'],
  ['1e9999 as an amount', entryOf({ dataset: 'SECTION', key: 'k', position: 2, fields: { CONTRACT_RECKON_PRICE: '1e9999' } }), 'NUMBER'],
  ['1e9999 as a number', { ...good(), payload: '{"PROJECT_NAME":1e9999}' }, 'MESSAGE_UNREADABLE'],
  ['a payload that is no object', { ...good(), payload: '[]' }, 'MESSAGE_UNREADABLE'],
  ['a payload that ends in the middle', { ...good(), payload: '{"PROJECT_NAME":"甲' }, 'MESSAGE_UNREADABLE'],
  ['another payload than was hashed', { ...good(), payload: '{"PROJECT_NAME":"改"}' }, 'HASH_MISMATCH'],
  ['NUL in the key', good({ key: 'k\0k' }), 'TEXT_UNREADABLE'],
  ['half a surrogate pair in the key', good({ key: 'k\uDC00' }), 'TEXT_UNREADABLE'],
  ['a key without an end', good({ key: 'k'.repeat(20_000) }), 'KEY_TOO_LONG'],
  ['a category without an end', good({ dataset: 'NO', categories: ['c'.repeat(20_000)] }), 'DATASET_UNKNOWN'],
  ['a dataset without an end', good({ dataset: 'D'.repeat(20_000) }), 'DATASET_UNKNOWN'],
  ['a version that is no number', good({ version: Number.NaN }), 'MESSAGE_UNREADABLE'],
  ['a version beyond all', good({ version: 2 ** 31 }), 'MESSAGE_UNREADABLE'],
  ['a time that is none', good({ receivedAt: 'yesterday' }), 'MESSAGE_UNREADABLE'],
  ['NUL in a category', good({ categories: ['a\0'] }), 'TEXT_UNREADABLE'],
  ['NUL in the source', good({ source: { kind: 'PUBLISHED', name: '\0' } }), 'TEXT_UNREADABLE'],
  ['a dataset that there is not', good({ dataset: 'NO\0THING' }), 'DATASET_UNKNOWN'],
];

describe('A change that cannot be kept as it is', () => {
  test.each(cases)('%s: is refused alone, and what stands beside it is taken', async (name, bad, rule) => {
    const system = exchange.system();
    const beside = (position: number): FeedEntry =>
      entryOf({ dataset: 'PROJECT', key: `p${position}`, position, fields: { PROJECT_NAME: '旁' } });
    await takePage(exchange.store, pageOf(system, [beside(1), bad, beside(3)]));
    const rows = await exchange.sql<{ state: string; rules: string[] }[]>`
      select state, array(select v->>'rule' from jsonb_array_elements(violations) v where v->>'severity' = 'refusal') as rules
      from change where system = ${system} order by position`;
    expect(rows.map(({ state }) => state)).toEqual(['ACCEPTED', 'REFUSED', 'ACCEPTED']);
    expect({ name, rules: rows[1]?.rules }).toEqual({ name, rules: [rule] });
  });

  test('a position that could not be read at all is refused, and kept as it came, NUL and all', async () => {
    const system = exchange.system();
    const raw = 'half a change \0 \uFFFD {"';
    const violation = {
      rule: 'MESSAGE_UNREADABLE',
      severity: 'refusal',
      field: '\0',
      messageZh: '读不成',
      messageEn: 'unreadable',
    } as const;
    await takePage(exchange.store, pageOf(system, [{ position: 1, raw, violation }]));
    const [kept] = await exchange.sql<{ state: string; raw: Buffer }[]>`select state, raw from change join unusable on change = id
      where system = ${system}`;
    expect({ state: kept?.state, raw: kept?.raw.toString() }).toEqual({ state: 'REFUSED', raw });
  });
});
