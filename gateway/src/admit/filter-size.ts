/**
 * How much a filter may hold: every value is one more condition in every system that is asked, and a text is searched for
 * piece by piece.
 * @see design/architecture.md «The way of a query»
 */
import { HubError } from '@hub/schema';
import { getArgumentValues, type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from 'graphql';

import { namedFields } from './fields.ts';
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
  const check = (type: GraphQLInputType, value: unknown, { place, inFilter }: Place): void => {
    if (isNonNullType(type)) return check(type.ofType, value, { place, inFilter });
    if (isListType(type) && Array.isArray(value)) {
      listed += value.length;
      if (value.length > maxListLength) throw tooMuch(place, { zh: `最多 ${maxListLength} 个值`, en: `at most ${maxListLength} values` });
      if (listed > maxListed)
        throw tooMuch(place, { zh: `一次查询合计最多 ${maxListed} 个值`, en: `at most ${maxListed} values in one query` });
      for (const item of value) check(type.ofType, item, { place, inFilter });
    } else if (isInputObjectType(type) && typeof value === 'object' && value !== null) {
      const fields = type.getFields();
      for (const [name, inner] of Object.entries(value)) {
        const field = fields[name];
        if (field !== undefined) check(field.type, inner, { place: `${place}.${name}`, inFilter: true });
      }
    } else if (inFilter && typeof value === 'string' && value.length > maxTextLength) {
      throw tooMuch(place, { zh: `文字最长 ${maxTextLength} 个字符`, en: `at most ${maxTextLength} characters` });
    }
  };
  for (const { field, node } of namedFields(operation)) {
    if (field.args.length === 0) continue;
    const values = getArgumentValues(field, node, { ...operation.variables });
    for (const { name, type } of field.args) check(type, values[name], { place: `${field.name}(${name})`, inFilter: false });
  }
}

interface Place {
  readonly place: string;
  readonly inFilter: boolean;
}

function tooMuch(place: string, bound: { readonly zh: string; readonly en: string }): HubError {
  return new HubError('FILTER_INVALID', {
    zh: `筛选条件过大：${place} ${bound.zh}。请缩小或分几次查询。`,
    en: `The filter is too large: ${place} takes ${bound.en}. Make it smaller or ask several times.`,
  });
}
