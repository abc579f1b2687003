/**
 * A party's code may be a person's identity number, so it is never part of a key.
 * @see design/graph.md «Who sees what»
 */
import { keyFieldsOf } from '../key-fields.ts';
import type { Lint } from '../lint.ts';
import { atDataset } from '../places.ts';

const personal: ReadonlySet<string | undefined> = new Set(['partyCode', 'idCard']);

export const keyPerson: Lint = {
  code: 'KEY_PERSON',
  find: (law) =>
    keyFieldsOf(law)
      .filter(({ wire, field }) => personal.has(wire.id) || (field.graphType === 'Party' && wire.part === 'code'))
      .map(({ place, wire }) => ({
        ...atDataset(place, 'dataset'),
        zh: `键字段 ${wire.code} 可能是自然人的身份证号。显示时会隐去，但键原样进入公开的 id；请换用别的字段，或留空 key: [] 并要求 DATA_KEY。`,
        en: `The key field ${wire.code} may be a person's identity number. Shown, it is left out; in a key it would stand in the public id as sent. Use other fields, or key: [] and require DATA_KEY.`,
      })),
};
