/**
 * The law's rules in the order in which violations are told: identity, text, presence, type, codes, identifiers, lists,
 * plausibility. Ids are permanent.
 * @see standard/exchange.md 6
 */
import type { Rule } from './rule.ts';
import { amountImplausible } from './rules/amount-implausible.ts';
import { checkCharacter } from './rules/check-character.ts';
import { codeUnknown } from './rules/code-unknown.ts';
import { dateForm } from './rules/date-form.ts';
import { date } from './rules/date.ts';
import { digits } from './rules/digits.ts';
import { enumUnknown } from './rules/enum-unknown.ts';
import { fieldUnknown } from './rules/field-unknown.ts';
import { identifierShape } from './rules/identifier-shape.ts';
import { keyMissing } from './rules/key-missing.ts';
import { keyPersonNumber } from './rules/key-person-number.ts';
import { keyTooLong } from './rules/key-too-long.ts';
import { length } from './rules/length.ts';
import { number } from './rules/number.ts';
import { partyListsUnequal } from './rules/party-lists-unequal.ts';
import { requiredMissing } from './rules/required-missing.ts';
import { requiredWhen } from './rules/required-when.ts';
import { textUnreadable } from './rules/text-unreadable.ts';

export const rules: readonly Rule[] = [
  keyMissing,
  keyTooLong,
  keyPersonNumber,
  textUnreadable,
  fieldUnknown,
  requiredMissing,
  requiredWhen,
  length,
  number,
  digits,
  date,
  dateForm,
  codeUnknown,
  enumUnknown,
  identifierShape,
  checkCharacter,
  partyListsUnequal,
  amountImplausible,
];
