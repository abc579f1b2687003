import { describe, expect, test } from 'vitest';

import { holdsPersonNumber, identifiesPerson } from './person-number.ts';

describe('persons among parties (design/graph.md «Who sees what»)', () => {
  test.each([
    ['11010519491231002X', 'an identity number'],
    ['11010519491231002x', 'in lower case'],
    ['110105194912310021', 'with a wrong check'],
    ['110105194913310021', 'with a wrong month'],
    ['110105491231002', 'of the old fifteen digits'],
    ['张三 11010519491231002X', 'inside other text'],
    ['12345678-1;11010519491231002X', 'in a list'],
    ['１１０１０５１９４９１２３１００２Ｘ', 'in full-width digits'],
    ['110105 19491231 002X', 'with blanks'],
    ['110105—19491231—002X', 'with dashes'],
    ['SFZ11010519491231002X', 'behind letters'],
    ['11010519491231002XA', 'before letters'],
  ])('%s (%s) is held back', (value) => expect(holdsPersonNumber(value)).toBe(true));

  test.each([
    ['123100007847653857', 'a credit code all of digits'],
    ['91440300093677087R', 'a credit code'],
    ['914403000936770870', 'no credit code, yet only digits: held back'],
    ['784765385', 'an organisation code'],
    ['440101000012345', 'an old business number: no birth date in it'],
    ['A02-123100007847653857-20161012-000015-Q', 'a deal code'],
    ['A0211010519491231002X20161012000015Q', 'digits beside it that make it another number'],
    ['110105-19491231-00', 'too short without its dashes'],
    ['', 'nothing'],
  ])('%s (%s)', (value, what) => expect(holdsPersonNumber(value)).toBe(what.endsWith('held back')));
});

describe('persons in keys: what can hardly be anything else, so that no ordinary row key is refused', () => {
  test.each([
    ['11010519491231002X', 'an identity number'],
    ['110105194912310021', 'with a wrong check'],
    ['110105491231002', 'of the old fifteen digits'],
    ['toy-east:11010519491231002X', 'behind a system’s code'],
    ['110105 19491231 002X', 'with blanks'],
    ['１１０１０５１９４９１２３１００２Ｘ', 'in full-width digits'],
    ['SFZ11010519491231002X', 'behind letters'],
  ])('%s (%s)', (value) => expect(identifiesPerson(value)).toBe(true));

  test.each([
    ['440100202611220001', 'a region, a day of this century, a number'],
    ['440100261122001', 'the same with a year of two digits'],
    ['202611220900001234', 'a time and a number'],
    ['202611221230151', 'a time and one digit'],
    ['123100007847653857', 'a credit code all of digits'],
    ['91440300093677087R', 'a credit code'],
    ['E4404030400100017001001', 'a lot’s code'],
    ['A02-123100007847653857-20161012-000015-Q', 'a deal code'],
    ['784765385', 'an organisation code'],
    ['', 'nothing'],
  ])('%s (%s) passes', (value) => expect(identifiesPerson(value)).toBe(false));
});
