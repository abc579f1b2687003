/**
 * A record as a message, laid out for reading.
 * @see PROTOCOL.md 6
 */
import type { WireRecord } from '../../wire-record.ts';

/** @returns The XML form, one field a line. */
export function sampleXml({ dataset, dataKey, fields }: WireRecord): string {
  const key = dataKey === undefined ? {} : { DATA_KEY: dataKey };
  const title = { DATA_EN: dataset, ...key, DATA_TYPE: '1' };
  return `<DES>\n  <TITLE>\n${elements(title)}  </TITLE>\n  <CONTEXT>\n${elements(fields)}  </CONTEXT>\n</DES>`;
}

/** @returns The JSON form, in one line. */
export function sampleJson({ dataset, dataKey, fields }: WireRecord): string {
  return JSON.stringify({ title: { DATA_EN: dataset, DATA_KEY: dataKey, DATA_TYPE: '1' }, context: fields });
}

function elements(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, value]) => `    <${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</${name}>\n`)
    .join('');
}
