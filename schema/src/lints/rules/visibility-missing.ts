/**
 * Every field, argument, input field, and every enum value that a client orders or groups by, says who may use it.
 * @see design/graph.md «Who sees what»
 */
import { DirectiveLocation } from 'graphql';

import { type Element, elementsOf } from '../elements.ts';
import type { Lint, ReadLaw } from '../lint.ts';
import { readType } from '../../read-contract.ts';
import { rootFieldsOf } from '../definitions.ts';

const always: ReadonlySet<DirectiveLocation> = new Set([
  DirectiveLocation.FIELD_DEFINITION,
  DirectiveLocation.ARGUMENT_DEFINITION,
  DirectiveLocation.INPUT_FIELD_DEFINITION,
]);

export const visibilityMissing: Lint = {
  code: 'VISIBILITY_MISSING',
  find: (law) => {
    const asked = typesOfRootArguments(law);
    return elementsOf(law)
      .filter((element) => always.has(element.location) || (element.location === DirectiveLocation.ENUM_VALUE && asked.has(element.type)))
      .filter(({ directives }) => !directives.some(({ name }) => name.value === 'visibility'))
      .map((element) => ({
        ...element,
        zh: `${what(element)}没有写公开范围。漏写的字段会被当作受限，而筛选、排序、分组都等于读取；请加 @visibility(to: PUBLIC | GOVERNMENT | RESTRICTED)，标准未注明时为 GOVERNMENT。`,
        en: `${element.name} does not say who may see it. Unsaid it counts as restricted, and to filter, order or group by a field is to read it; add @visibility(to: PUBLIC | GOVERNMENT | RESTRICTED), GOVERNMENT where the standard is silent.`,
      }));
  },
};

/** An enum that a root field takes decides what is ordered or grouped by; an enum that is only shown decides nothing. */
function typesOfRootArguments(law: ReadLaw): ReadonlySet<string> {
  return new Set(rootFieldsOf(law).flatMap(({ node }) => (node.arguments ?? []).map(({ type }) => readType(type).graphType)));
}

function what({ location, name }: Element): string {
  if (location === DirectiveLocation.ARGUMENT_DEFINITION) return `参数 ${name} `;
  return location === DirectiveLocation.ENUM_VALUE ? `枚举值 ${name} ` : `字段 ${name} `;
}
