/**
 * What can be filtered has a column that can hold it, and what can be ordered has one value a row.
 * @see design/graph.md «Shape»
 */
import { hubEnums } from '../../decode/hub-enums.ts';
import { identifierScalars } from '../../decode/index-value.ts';
import type { Field } from '../../contract.ts';
import type { Lint } from '../lint.ts';
import { atField, fieldsOf } from '../places.ts';

const texts: ReadonlySet<string> = new Set(['String', 'Code', 'Region', 'Party', ...identifierScalars]);
const singles: ReadonlySet<string> = new Set([...texts, ...hubEnums.keys(), 'DateTime', 'Date', 'Decimal', 'Money', 'Int', 'Boolean']);

export const indexUnfit: Lint = {
  code: 'INDEX_UNFIT',
  find: (law) =>
    fieldsOf(law).flatMap((place) => {
      const reason = reasonAgainst(place.field);
      return reason === undefined ? [] : [{ ...atField(place, 'indexed'), ...reason }];
    }),
};

function reasonAgainst(field: Field): { readonly zh: string; readonly en: string } | undefined {
  if (!field.indexed) return undefined;
  if (field.wire.length === 0 || !(field.list ? texts : singles).has(field.graphType)) {
    return {
      zh: '这样的字段没有可筛选的列：只有报送的单值，以及文本、代码、主体的列表可以 @indexed。请去掉，或改字段类型。',
      en: 'Such a field has no column to filter by: only single values from the wire, and lists of texts, codes or parties, can be @indexed. Drop it, or change the type.',
    };
  }
  if (!field.orderable || (!field.list && field.graphType !== 'Party')) return undefined;
  return {
    zh: '列表和主体一行有几个值，排不出全省一致的次序。请改为不带 order 的 @indexed。',
    en: 'A list or a party has several values a row and no order that is the same everywhere. Use @indexed without order.',
  };
}
