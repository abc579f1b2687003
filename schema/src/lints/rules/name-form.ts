/**
 * Names have one form: types `PascalCase`, fields `camelCase`, enum values `UPPER_CASE`. Record ids, columns and order values
 * are made from them and would not survive another.
 * @see design/graph.md «Types»
 */
import { DirectiveLocation } from 'graphql';

import { type Element, elementsOf } from '../elements.ts';
import type { Lint } from '../lint.ts';

const forms: Readonly<Partial<Record<DirectiveLocation, RegExp>>> = {
  [DirectiveLocation.FIELD_DEFINITION]: /^[a-z][A-Za-z0-9]*$/,
  [DirectiveLocation.ARGUMENT_DEFINITION]: /^[a-z][A-Za-z0-9]*$/,
  [DirectiveLocation.INPUT_FIELD_DEFINITION]: /^[a-z][A-Za-z0-9]*$/,
  [DirectiveLocation.ENUM_VALUE]: /^[A-Z][A-Z0-9_]*$/,
};
const typeForm = /^[A-Z][A-Za-z0-9]*$/;

export const nameForm: Lint = {
  code: 'NAME_FORM',
  find: (law) =>
    elementsOf(law)
      .filter((element) => !isWellFormed(element))
      .map((element) => ({
        ...element,
        zh: `名字 ${element.name} 的写法不合约定：类型 TradeRecord、字段 openedAt、枚举值 PUBLIC_PAYS。记录标识、数据列、排序值都由名字派生，别的写法会撞名或无法还原；请改名。`,
        en: `The name ${element.name} is not written as agreed: types TradeRecord, fields openedAt, enum values PUBLIC_PAYS. Record ids, columns and order values are made from names, and others would clash or not be recovered; rename it.`,
      })),
};

function isWellFormed({ location, name }: Element): boolean {
  return location === DirectiveLocation.SCHEMA || (forms[location] ?? typeForm).test(name);
}
