/**
 * Reads a rule's example: fields of the record, what else stands, and the record's earlier version. Fields must be of their datasets.
 * @see schema/README.md «Adding a rule»
 */
import { type Fields, listOf } from '../province/document.ts';
import type { WireFields } from '../wire-record.ts';
import type { Example } from './data-rule.ts';
import { type RuleRow, fault, namedField } from './rule-row.ts';

/** @returns The example; what is no text or no field is left out and noted. */
export function exampleIn(row: RuleRow, name: string): Example {
  const example = row.fields.entry(name);
  const related = example.value('related');
  return {
    fields: wireFieldsIn(row, example.entry('fields')),
    related: (related === undefined ? [] : listOf(related, { ...example, at: `${example.at}.related` })).flatMap((fields) =>
      relatedRecord(row, fields),
    ),
    earlier: example.value('earlier') === undefined ? undefined : wireFieldsIn(row, example.entry('earlier')),
  };
}

function relatedRecord(row: RuleRow, fields: Fields): Example['related'] {
  const dataset = row.law.datasets.get(String(fields.value('dataset')));
  const system = fields.value('system');
  if (dataset === undefined) {
    fault({ fields }, 'dataset', { zh: '不是任何契约的数据集', en: 'is a dataset of no contract' });
    return [];
  }
  return [
    {
      dataset: dataset.code,
      system: typeof system === 'string' ? system : undefined,
      fields: wireFieldsIn({ ...row, dataset }, fields.entry('fields')),
    },
  ];
}

function wireFieldsIn(row: RuleRow, fields: Fields): WireFields {
  return Object.fromEntries(
    fields.names.flatMap((code): readonly (readonly [string, string])[] => {
      const text = fields.value(code);
      if (namedField({ ...row, fields }, code, code) === undefined) return [];
      if (typeof text === 'string') return [[code, text]];
      fault({ fields }, code, { zh: '须为文本', en: 'must be text' });
      return [];
    }),
  );
}
