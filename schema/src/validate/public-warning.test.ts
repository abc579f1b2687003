import { expect, test } from 'vitest';

import { law } from '../law.ts';
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

const construction = law().contracts.flatMap(({ contract }) => contract.datasets);

test.each([
  ['CONSTRUCTION_CANDIDATES_SHOWN_THREE_DAYS', 'TENDER_CANDIDATE_ANNOUNCE', 'PUBLICITY_END_TIME', true],
  ['CONSTRUCTION_TENDER_PROJECT_DEAL_CODE_CLASS', 'TENDER_PROJECT', 'UNIFIED_DEAL_CODE', false],
  ['CONSTRUCTION_AWARD_WITHIN_CEILING', 'WIN_RESULT_ANNO', 'BID_AMOUNT', false],
  ['CONSTRUCTION_AWARD_PARENT', 'WIN_RESULT_ANNO', 'BID_SECTION_CODE', true],
])('the rule %s of %s.%s: %s', (rule, code, field, shown) => {
  const found = construction.find((one) => one.code === code);
  expect(found && isPublicWarning(found, { rule, field })).toBe(shown);
});
