import { expect, test } from 'vitest';

import { law } from '../law.ts';
import { readContract } from '../read-contract.ts';
import { violationVisibility } from './violation-visibility.ts';

const toy = readContract(`extend schema @contract(name: "c", version: "1.0.0", edition: "e", title: "t")
  type T @dataset(code: "T", key: [], why: "w") {
    lot: String @wire(code: "LOT", type: "C..9") @visibility(to: PUBLIC) @indexed
    office: String @wire(code: "OFFICE", type: "C..9") @visibility(to: GOVERNMENT)
    person: String @wire(code: "PERSON", type: "C..18") @visibility(to: RESTRICTED)
    named: String @wire(code: "NAMED", type: "C..9", requiredWhen: "PERSON=1") @visibility(to: PUBLIC)
    sealed: String @wire(code: "SEALED", type: "C..9") @visibility(to: PUBLIC) @sealed(until: OPENING, lot: "lot")
  }`).datasets;
const datasets = [...toy, ...law().contracts.flatMap(({ contract }) => contract.datasets)];

test.each([
  ['T', 'LENGTH', 'LOT', 'PUBLIC'],
  ['T', 'LENGTH', 'OFFICE', 'GOVERNMENT'],
  ['T', 'LENGTH', 'PERSON', 'RESTRICTED'],
  ['T', 'REQUIRED_MISSING', 'NAMED', 'PUBLIC'],
  ['T', 'REQUIRED_WHEN', 'NAMED', 'RESTRICTED'],
  ['T', 'REQUIRED_MISSING', 'SEALED', 'RESTRICTED'],
  ['T', 'FIELD_UNKNOWN', 'NO_SUCH', 'PUBLIC'],
  ['T', 'KEY_MISSING', '', 'PUBLIC'],
  ['LEGAL_PERSON_BASE', 'MARKET_ENTITY_BANK_WHOLE', 'BASIC_BANK', 'RESTRICTED'],
  ['QUALI_PERSON_BASE', 'MARKET_PRACTITIONER_CAREER_IN_ORDER', '', 'RESTRICTED'],
])('%s: that %s of %s is broken is %s', (code, rule, field, told) => {
  const dataset = datasets.find((one) => one.code === code);
  expect(dataset && violationVisibility(dataset, { rule, field })).toBe(told);
});
