/**
 * Types, fields, input fields and enum values are described, the Chinese name first: the description is what readers see.
 * @see design/graph.md «Types»
 */
import { DirectiveLocation } from 'graphql';

import { type Element, elementsOf } from '../elements.ts';
import type { Lint } from '../lint.ts';

/** An abbreviation may stand before the Chinese: «CPU 序列号». */
const chineseFirst = /^.{0,12}\p{Script=Han}/su;
const undescribed: ReadonlySet<DirectiveLocation> = new Set([DirectiveLocation.SCHEMA, DirectiveLocation.ARGUMENT_DEFINITION]);

export const descriptionMissing: Lint = {
  code: 'DESCRIPTION_MISSING',
  find: (law) =>
    elementsOf(law)
      .filter((element) => !isExempt(element) && !chineseFirst.test(element.description ?? ''))
      .map((element) => ({
        ...element,
        zh: `${element.name} 没有中文说明，或说明不以中文开头。名字是英文的，各地工程师和查询页靠说明认识它；请在前面写上 "中文名称"。`,
        en: `${element.name} has no description, or it does not begin in Chinese. Names are English, and readers know a field by its description; write "中文名称" before it.`,
      })),
};

function isExempt({ location, field, extends: isExtension }: Element): boolean {
  return undescribed.has(location) || (isExtension && field === undefined);
}
