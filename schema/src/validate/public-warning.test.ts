import { expect, test } from 'vitest';

import { readContract } from '../read-contract.ts';
import { isPublicWarning } from './public-warning.ts';

const [dataset] = readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type T @dataset(code: "T", key: [], why: "w") {
    lot: String @wire(code: "LOT", type: "C..9") @visibility(to: PUBLIC) @indexed
    open: Money @wire(code: "OPEN", type: "N..20,6", part: "amount") @visibility(to: PUBLIC)
    hidden: Money @wire(code: "HIDDEN", type: "N..20,6", part: "amount") @visibility(to: GOVERNMENT)
    sealed: String @wire(code: "SEALED", type: "C..9") @visibility(to: PUBLIC) @sealed(until: OPENING, lot: "lot")
  }`).datasets;
if (dataset === undefined) throw new Error('the contract has a dataset');

test.each([
  ['AMOUNT_IMPLAUSIBLE', 'OPEN', true],
  ['AMOUNT_IMPLAUSIBLE', 'HIDDEN', false],
  ['REQUIRED_WHEN', 'HIDDEN', false],
  ['CHECK_CHARACTER', 'HIDDEN', true],
  ['REQUIRED_MISSING', 'SEALED', false],
  ['FIELD_UNKNOWN', 'NO_SUCH', true],
  ['KEY_MISSING', '', true],
])('%s of %s: %s', (rule, field, shown) => expect(isPublicWarning(dataset, { rule, field })).toBe(shown));
