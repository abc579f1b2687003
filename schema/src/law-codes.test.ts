import { expect, test } from 'vitest';

import { lawCodes } from './law-codes.ts';
import { readContract } from './read-contract.ts';

const files = [{ name: 'CATEGORY', complete: false, values: [{ code: 'land', label: '土地', direction: 'PUBLIC_RECEIVES' }] }];

function contract(name: string, said: string) {
  return readContract(`extend schema @contract(name: "${name}", version: "1.0.0", edition: "e", title: "标题", ${said})
  type T @dataset(code: "T", key: [], why: "w") { a: String }`);
}

test('a contract named for its category founds it, with its title and direction', () => {
  const codes = lawCodes(files, [contract('data', 'category: "data", direction: PUBLIC_RECEIVES')]);
  expect([codes.label('CATEGORY', 'data'), codes.direction('CATEGORY', 'data')]).toEqual(['标题', 'PUBLIC_RECEIVES']);
  expect(codes.list('CATEGORY')?.values.map(({ code }) => code)).toEqual(['land', 'data']);
});

test.each([
  ['one of the list says nothing of it', contract('land', 'category: "land", direction: PUBLIC_PAYS')],
  ['one named otherwise founds none: it may be a slip', contract('data', 'category: "date", direction: PUBLIC_PAYS')],
  ['one without a direction founds none', contract('data', 'category: "data"')],
])('%s', (_, one) => {
  const codes = lawCodes(files, [one]);
  expect(codes.list('CATEGORY')?.values.map(({ code, label }) => [code, label])).toEqual([['land', '土地']]);
});
