import { expect, test } from 'vitest';

import { loadCodeLists } from '../codes.ts';
import { readContract } from '../read-contract.ts';
import { validateRecord } from './validate-record.ts';

test('a sender may invent any number of fields, of any length: fifty are named, the rest is counted', () => {
  const [dataset] = readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
    type Lot @dataset(code: "LOT", key: [], why: "w") { name: String @wire(code: "NAME", type: "C..10") @visibility(to: PUBLIC) }`).datasets;
  if (dataset === undefined) throw new Error('the contract has a dataset');
  const fields = Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`${'X'.repeat(200)}${at}`, at === 60 ? '\u0000' : 'x']));
  const { refusals, warnings } = validateRecord(
    dataset,
    { dataset: 'LOT', dataKey: 'k', op: 'put', fields },
    { codes: loadCodeLists([]), sourceKind: 'SYSTEM' },
  );
  expect(refusals.map(({ rule }) => rule)).toEqual(['TEXT_UNREADABLE']);
  expect(warnings).toHaveLength(51);
  expect(warnings[0]).toMatchObject({ rule: 'FIELD_UNKNOWN', field: `${'X'.repeat(100)}…` });
  expect(warnings.at(-1)).toEqual({
    rule: 'FIELD_UNKNOWN',
    severity: 'warning',
    field: '',
    messageZh: '另有 20 个字段也违反这条规则。',
    messageEn: '20 more fields break this rule.',
  });
});
