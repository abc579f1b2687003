/**
 * Every kind of rule, the closed list: over one record first, then across records. Names are permanent.
 * @see standard/exchange.md 6
 */
import type { Kind } from './kind.ts';
import { amountAcross } from './kinds/amount-across.ts';
import { amountNotAbove } from './kinds/amount-not-above.ts';
import { amountUnitAcross } from './kinds/amount-unit-across.ts';
import { amountUnit } from './kinds/amount-unit.ts';
import { anyPresent } from './kinds/any-present.ts';
import { checkCharacter } from './kinds/check-character.ts';
import { codeBegins } from './kinds/code-begins.ts';
import { datesAcross } from './kinds/dates-across.ts';
import { datesInOrder } from './kinds/dates-in-order.ts';
import { daysBetweenDates } from './kinds/days-between.ts';
import { equalAcross } from './kinds/equal-across.ts';
import { fieldsDiffer } from './kinds/fields-differ.ts';
import { fieldsEqual } from './kinds/fields-equal.ts';
import { listCount } from './kinds/list-count.ts';
import { numberWithin } from './kinds/number-within.ts';
import { parentExists } from './kinds/parent-exists.ts';
import { partyAmong } from './kinds/party-among.ts';
import { product } from './kinds/product.ts';
import { regionAcross } from './kinds/region-across.ts';
import { requiredTogether } from './kinds/required-together.ts';
import { requiredWith } from './kinds/required-with.ts';
import { sumWithin } from './kinds/sum-within.ts';
import { unchanged } from './kinds/unchanged.ts';
import { unique } from './kinds/unique.ts';
import { valueIn } from './kinds/value-in.ts';

export const kinds: readonly Kind[] = [
  datesInOrder,
  daysBetweenDates,
  requiredTogether,
  requiredWith,
  anyPresent,
  amountNotAbove,
  amountUnit,
  numberWithin,
  product,
  fieldsEqual,
  fieldsDiffer,
  valueIn,
  codeBegins,
  listCount,
  checkCharacter,
  parentExists,
  unique,
  unchanged,
  datesAcross,
  equalAcross,
  partyAmong,
  amountAcross,
  amountUnitAcross,
  sumWithin,
  regionAcross,
];
