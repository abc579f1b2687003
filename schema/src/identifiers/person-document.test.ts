import { expect, test } from 'vitest';

import { isPersonDocument } from './person-document.ts';

test.each([
  ['a passport', 'G12345678'],
  ['a passport of the newer form', 'EA1234567'],
  ['a permit to the mainland', 'H1234567801'],
  ['a foreign passport', 'K1234567'],
  ['typed with blanks, in full width', 'Ｇ１２３４ ５６７８'],
])('%s is a person’s', (_, value) => {
  expect(isPersonDocument(value)).toBe(true);
});

test.each([
  ['a credit code', '91440300093677087R'],
  ['an organisation code', '093677087'],
  ['an organisation code with letters', 'MA4UL5XH5'],
  ['a company’s number abroad', 'HK-22'],
  ['nothing', ''],
])('%s is not', (_, value) => {
  expect(isPersonDocument(value)).toBe(false);
});
