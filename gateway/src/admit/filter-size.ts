/**
 * How much a filter may hold: every value is one more condition in every system that is asked, and a text is searched for
 * piece by piece.
 * @see design/architecture.md «The way of a query»
 */
import { HubError } from '@hub/schema';
import { isListType } from 'graphql';

import { givenValues } from './given-values.ts';
import type { Operation } from './operation.ts';

/** Values of one list. */
const maxListLength = 100;
/** Values of all lists of an operation. */
const maxListed = 300;
/** UTF-16 units of one text; the longest titles of the standard have 600 characters, words to look for far fewer. */
const maxTextLength = 200;

/** @throws HubError FILTER_INVALID, naming the place. */
export function checkFilterSizes(operation: Operation): void {
  let listed = 0;
  for (const { field, path, type, value } of givenValues(operation)) {
    const [argument, ...inside] = path.filter((step) => typeof step === 'string');
    const place = [`${field.name}(${argument})`, ...inside].join('.');
    if (isListType(type) && Array.isArray(value)) {
      listed += value.length;
      if (value.length > maxListLength) throw tooMuch(place, { zh: `最多 ${maxListLength} 个值`, en: `at most ${maxListLength} values` });
      if (listed > maxListed)
        throw tooMuch(place, { zh: `一次查询合计最多 ${maxListed} 个值`, en: `at most ${maxListed} values in one query` });
    } else if (inside.length > 0 && typeof value === 'string' && value.length > maxTextLength) {
      throw tooMuch(place, { zh: `文字最长 ${maxTextLength} 个字符`, en: `at most ${maxTextLength} characters` });
    }
  }
}

function tooMuch(place: string, bound: { readonly zh: string; readonly en: string }): HubError {
  return new HubError('FILTER_INVALID', {
    zh: `筛选条件过大：${place} ${bound.zh}。请缩小或分几次查询。`,
    en: `The filter is too large: ${place} takes ${bound.en}. Make it smaller or ask several times.`,
  });
}
