/**
 * The published forms of messages and the reader agree: what validates is read, what is written validates.
 * @see schema/PROTOCOL.md 6
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readWireFile, writeJsonLine, writeXmlMessage } from '@hub/kit';
import { type WireRecord, isXmlText } from '@hub/schema';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';

import { textOf } from '../support/repository.ts';

const schema: unknown = JSON.parse(textOf('schema/message.schema.json'));
const isLine = new Ajv2020().compile(typeof schema === 'object' && schema !== null ? schema : {});
const xsd = textOf('schema/message.xsd');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forms-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Whether the reader makes a record of each message, in order. */
async function areRead(name: string, content: string): Promise<readonly boolean[]> {
  const path = join(folder, name);
  await writeFile(path, content);
  const entries = await Array.fromAsync(readWireFile(path));
  return entries.map((entry) => 'record' in entry);
}

async function schemaProblems(messages: readonly string[]): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: [{ fileName: 'messages.xml', contents: `<MESSAGES>${messages.join('\n')}</MESSAGES>` }],
    schema: [{ fileName: 'message.xsd', contents: xsd }],
  });
  return errors.map(({ message }) => message);
}

const text = fc.string({ unit: 'grapheme' }).filter(isXmlText);
const record: fc.Arbitrary<WireRecord> = fc.record({
  dataset: fc.constantFrom('SECTION', 'TENDER_LIST'),
  dataKey: fc.option(
    text.map((key) => `k${key.trim()}`),
    { nil: undefined },
  ),
  op: fc.constantFrom('put', 'withdraw'),
  fields: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Z0-9_a-z]{0,12}$/), text, { noNullPrototype: true }),
});

describe('what the hub writes has the published form', () => {
  const records = fc.sample(record, 300);

  test('JSON lines', () => {
    const lines = records.map((one): unknown => JSON.parse(writeJsonLine(one)));
    expect(lines.filter((line) => !isLine(line))).toEqual([]);
  });

  test('XML messages', async () => {
    expect(await schemaProblems(records.map(writeXmlMessage))).toEqual([]);
  });
});

describe('what has the published form is read', () => {
  const name = fc.constantFrom('DATA_EN', 'DATA_KEY', 'DATA_TYPE', 'DATA_CN', 'URL', '1ST', '标段', 'a b');
  const sent = fc.constantFrom<unknown>('SECTION', '1', ' 2 ', '3', '4', '', ' ', 1, 3, 4, 1.5, true, [], {});
  // Of what is absent the reader does not even mind the name.
  const value = fc.oneof(sent, fc.constant(null));
  const section = fc.oneof(
    fc.dictionary(name, sent, { noNullPrototype: true }),
    fc.record({ DATA_EN: value, DATA_TYPE: value, DATA_KEY: value, URL: value }, { noNullPrototype: true }),
    fc.constant({ DATA_EN: 'SECTION', DATA_TYPE: '1' }),
    fc.constant({ DATA_EN: 'SECTION', DATA_TYPE: '3' }),
    fc.constantFrom(null, 'text', []),
  );
  const message = fc.record({ title: section, context: section }, { requiredKeys: [], noNullPrototype: true });

  test('JSON lines, and nothing else is', async () => {
    const messages = fc.sample(message, 3_000);
    const valid = messages.map((one) => isLine(one));
    const read = await areRead('lines.jsonl', messages.map((one) => JSON.stringify(one)).join('\n'));
    expect(messages.filter((_, index) => valid[index] !== read[index])).toEqual([]);
    expect([read.length, new Set(valid)]).toEqual([messages.length, new Set([true, false])]);
  });

  test('XML messages', async () => {
    const messages = [
      '<DES><TITLE><DATA_TYPE> 2 </DATA_TYPE><DATA_EN>SECTION</DATA_EN></TITLE><CONTEXT/></DES>',
      '<DES><CONTEXT><URL>a?b=1&amp;c=2</URL></CONTEXT><TITLE><CA_KEY/><DATA_EN>SECTION</DATA_EN><DATA_TYPE>1</DATA_TYPE></TITLE></DES>',
      '<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_TYPE>3</DATA_TYPE><DATA_KEY>1</DATA_KEY></TITLE></DES>',
      '<DES><TITLE><DATA_EN>SECTION</DATA_EN><DATA_TYPE>1</DATA_TYPE></TITLE><CONTEXT/><FILECONTEXT><SOURCE><FILE_NAME>a</FILE_NAME></SOURCE></FILECONTEXT></DES>',
    ];
    expect(await schemaProblems(messages)).toEqual([]);
    expect(await areRead('messages.xml', `<MESSAGES>${messages.join('\n')}</MESSAGES>`)).toEqual(messages.map(() => true));
  });
});
