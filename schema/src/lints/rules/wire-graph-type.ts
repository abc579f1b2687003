/**
 * A wire field fills a graph type that records can be read into. Enums only for sets the hub itself owns: the standard's lists
 * are Code, for a third of them are not known in full and the nation adds values.
 * @see design/graph.md «Types»
 */
import { Kind } from 'graphql';

import { hubEnums } from '../../decode/hub-enums.ts';
import { identifierScalars } from '../../decode/index-value.ts';
import type { Lint, ReadLaw } from '../lint.ts';
import { type FieldPlace, atField, fieldsOf } from '../places.ts';

const readable: ReadonlySet<string> = new Set([
  'String',
  'Boolean',
  'Int',
  'Decimal',
  'Date',
  'DateTime',
  'Code',
  'Region',
  'Money',
  'Party',
  'Record',
  ...identifierScalars,
  ...hubEnums.keys(),
]);

export const wireGraphType: Lint = {
  code: 'WIRE_GRAPH_TYPE',
  find: (law) =>
    fieldsOf(law)
      .filter(({ field }) => field.wire.length > 0 && !readable.has(field.graphType))
      .map((place) => {
        const foreignEnum = isEnum(law, place);
        return {
          ...atField(place),
          zh: foreignEnum
            ? `${place.field.graphType} 是枚举。国家会为标准的代码表增值，枚举遇到新值整条记录就读不出；请改用 Code 并以 list 指明代码表。`
            : `标准字段不能读成类型 ${place.field.graphType}。请用 ${[...readable].join('、')}。`,
          en: foreignEnum
            ? `${place.field.graphType} is an enum. The nation adds values to the standard's lists, and a record with a new one could not be read at all; use Code and name the list.`
            : `A wire field cannot be read into ${place.field.graphType}. Use one of ${[...readable].join(', ')}.`,
        };
      }),
};

function isEnum(law: ReadLaw, { contract, field }: FieldPlace): boolean {
  const own = law.contracts.find((read) => read.contract === contract)?.document.definitions ?? [];
  return [...own, ...law.shared.definitions].some((node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === field.graphType);
}
