/**
 * Text must be what XML can carry, or the wire form could not be recovered: no control characters but tab, line feed and
 * carriage return, no half characters.
 * @see design/graph.md «Types»; XML 1.0 section 2.2
 */
import { isXmlText } from '../../xml-text.ts';
import type { WireRecord } from '../../wire-record.ts';
import type { Finding, Rule } from '../rule.ts';

export const textUnreadable: Rule = {
  id: 'TEXT_UNREADABLE',
  policy: 'Refusal.',
  source: 'XML 1.0 section 2.2',
  judgesWithdrawals: true,
  find: ({ record }) => (isReadable(record) ? [] : unreadable(record)),
};

/** Nearly every record is. */
function isReadable({ dataKey = '', fields }: WireRecord): boolean {
  if (!isXmlText(dataKey)) return false;
  for (const [name, value] of Object.entries(fields)) if (!isXmlText(name) || !isXmlText(value)) return false;
  return true;
}

function unreadable(record: WireRecord): readonly Finding[] {
  return [
    ...Object.keys(record.fields)
      .filter((name) => !isXmlText(name))
      .map((): Finding => ({
        field: '',
        severity: 'refusal',
        zh: '字段名含有控制字符或不完整的字符。',
        en: 'A field name has control characters or half characters.',
      })),
    ...[['', record.dataKey ?? ''] as const, ...Object.entries(record.fields)]
      .filter(([name, value]) => isXmlText(name) && !isXmlText(value))
      .map(([field]): Finding => ({
        field,
        severity: 'refusal',
        zh: field === '' ? 'DATA_KEY 含有控制字符或不完整的字符。' : '含有控制字符或不完整的字符。',
        en: `${field === '' ? 'DATA_KEY has' : 'There are'} control characters or half characters in the text.`,
      })),
  ];
}
