import { readContract } from '@hub/schema';
import { expect, test } from 'vitest';

import { columnValue } from './column-value.ts';
import { columnsOf } from './columns.ts';

const [field] =
  readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type T @dataset(code: "T", key: [], why: "w") { lots: [String!]! @wire(code: "LOTS", type: "C..ul", multi: true) @visibility(to: PUBLIC) @indexed }`)
    .datasets[0]?.fields ?? [];
const [column] = field === undefined ? [] : columnsOf(field);

test('a list item is found by its beginning, which ends with a whole character', () => {
  expect(column && columnValue(column, { LOTS: `甲;${'x'.repeat(300)};${'x'.repeat(255)}𠮷` })).toEqual([
    '甲',
    'x'.repeat(256),
    `${'x'.repeat(255)}\uFFFD`,
  ]);
});
