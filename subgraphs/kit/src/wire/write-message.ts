/**
 * Writes a record in the standard's wire form. What is written reads back as the same record.
 * @see standard/exchange.md 3; design/graph.md «Types»
 */
import { HubError, type WireRecord, isXmlText } from '@hub/schema';

import { dataTypes, isFieldName } from './envelope.ts';

/**
 * @returns `<DES>…</DES>` with each field on a line of its own.
 * @throws HubError RECORD_REFUSED when a text or a name cannot stand in XML; no record that the law admits is such a one.
 */
export function writeXmlMessage(record: WireRecord): string {
  const { DATA_EN, DATA_KEY, DATA_TYPE } = titleOf(record);
  const title = { DATA_EN, ...(DATA_KEY === undefined ? {} : { DATA_KEY }), DATA_TYPE };
  return `<DES>\n<TITLE>\n${elements(title)}</TITLE>\n<CONTEXT>\n${elements(record.fields)}</CONTEXT>\n</DES>`;
}

/** @returns One line of JSON, without a line feed. */
export function writeJsonLine(record: WireRecord): string {
  return JSON.stringify({ title: titleOf(record), context: record.fields });
}

function titleOf({ dataset, dataKey, op }: WireRecord) {
  return { DATA_EN: dataset, DATA_KEY: dataKey, DATA_TYPE: dataTypes[op] };
}

function elements(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => {
      if (!isFieldName(name) || !isXmlText(value)) throw unwritable(name);
      return `<${name}>${escapeText(value)}</${name}>\n`;
    })
    .join('');
}

/** A bare carriage return would be read as a line feed. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

function unwritable(name: string): HubError {
  return new HubError('RECORD_REFUSED', {
    zh: `字段 ${name} 含有 XML 不能表示的内容。`,
    en: `Field ${name} holds what XML cannot write.`,
  });
}
