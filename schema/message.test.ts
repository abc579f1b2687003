import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
/** Section 6: other sections have examples of other things. */
const protocol =
  read('PROTOCOL.md')
    .split(/^## /m)
    .find((text) => text.startsWith('6 ')) ?? '';

/** The code blocks of a language. */
function examples(language: string): readonly string[] {
  return [...protocol.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\`$`, 'gm'))].map(([, text = '']) => text);
}

describe('message.schema.json, the JSON line (PROTOCOL.md 6)', () => {
  const schema: unknown = JSON.parse(read('message.schema.json'));
  const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
    typeof schema === 'object' && schema !== null ? schema : {},
  );
  const title = { DATA_EN: 'SECTION', DATA_TYPE: '1' };

  test.each(examples('json').flatMap((text) => text.split('\n')))('the example %s is one', (line) => {
    expect({ valid: validate(JSON.parse(line)), errors: validate.errors }).toEqual({ valid: true, errors: null });
  });

  test.each([
    ['a key', { title: { ...title, DATA_KEY: '1' }, context: {} }],
    ['further fields of the head', { title: { ...title, DATA_CN: '标段', CA_KEY: '' }, context: {} }],
    ['a number as DATA_TYPE, which has no digits to lose', { title: { ...title, DATA_TYPE: 2 }, context: {} }],
    ['null for what is absent', { title: { ...title, DATA_KEY: null }, context: { URL: null } }],
    ['a withdrawal without content', { title: { ...title, DATA_TYPE: '3' } }],
    ['a withdrawal with null for content', { title: { ...title, DATA_TYPE: '3' }, context: null }],
    ['something beside head and content', { title, context: {}, note: 1 }],
  ])('%s is accepted', (_, message) =>
    expect({ valid: validate(message), errors: validate.errors }).toEqual({ valid: true, errors: null }),
  );

  test.each([
    ['no head', { context: {} }],
    ['no dataset', { title: { DATA_TYPE: '1' }, context: {} }],
    ['a blank dataset', { title: { ...title, DATA_EN: ' ' }, context: {} }],
    ['no operation', { title: { DATA_EN: 'SECTION' }, context: {} }],
    ['an operation that does not exist', { title: { ...title, DATA_TYPE: '4' }, context: {} }],
    ['no content', { title }],
    ['null for content', { title, context: null }],
    ['a number as a value', { title, context: { PRICE: 1.5 } }],
    ['a number as key', { title: { ...title, DATA_KEY: 1 }, context: {} }],
    ['a list as a value', { title, context: { CODES: ['A'] } }],
    ['a name that is no field code', { title, context: { 标段: 'A' } }],
    ['a list', [title]],
  ])('%s is refused', (_, message) => expect(validate(message)).toBe(false));
});

describe('message.xsd, the XML message (PROTOCOL.md 6)', () => {
  const schema = read('message.xsd');
  const message = (head: string, rest = '<CONTEXT/>') => `<DES><TITLE>${head}</TITLE>${rest}</DES>`;
  const head = '<DATA_EN>SECTION</DATA_EN><DATA_TYPE>1</DATA_TYPE>';

  async function problems(xml: string): Promise<readonly string[]> {
    const { errors } = await validateXML({
      xml: [{ fileName: 'message.xml', contents: xml }],
      schema: [{ fileName: 'message.xsd', contents: schema }],
    });
    return errors.map((error) => error.message);
  }

  test.each(examples('xml'))('the example %s is one', async (xml) => {
    expect(await problems(xml)).toEqual([]);
  });

  test.each([
    ['the head in any order', message('<DATA_TYPE> 2 </DATA_TYPE><DATA_KEY>1</DATA_KEY><DATA_EN>SECTION</DATA_EN>')],
    ['everything the head may say', message(`<CA_KEY/><DATA_CN>标段</DATA_CN>${head}<DATA_NO>502</DATA_NO><ROUTE_WAY>1</ROUTE_WAY>`)],
    ['content before the head', `<DES><CONTEXT><URL>https://example.com/?a=1&amp;b=2</URL></CONTEXT><TITLE>${head}</TITLE></DES>`],
    ['HTML as CDATA', message(head, '<CONTEXT><NOTICE_CONTENT><![CDATA[<p>公告</p>]]></NOTICE_CONTENT></CONTEXT>')],
    ['files, which are passed over', message(head, '<CONTEXT/><FILECONTEXT><SOURCE><FILE_NAME>a.pdf</FILE_NAME></SOURCE></FILECONTEXT>')],
    ['a withdrawal without content', message('<DATA_EN>SECTION</DATA_EN><DATA_TYPE>3</DATA_TYPE>', '')],
    ['many messages in one file', `<MESSAGES>${message(head)}${message(head)}</MESSAGES>`],
  ])('%s is accepted', async (_, xml) => {
    expect(await problems(xml)).toEqual([]);
  });

  test.each([
    ['no head', '<DES><CONTEXT/></DES>'],
    ['no dataset', message('<DATA_TYPE>1</DATA_TYPE>')],
    ['a blank dataset', message('<DATA_EN> </DATA_EN><DATA_TYPE>1</DATA_TYPE>')],
    ['an operation that does not exist', message('<DATA_EN>SECTION</DATA_EN><DATA_TYPE>4</DATA_TYPE>')],
    ['the same of the head twice', message(`${head}<DATA_KEY>1</DATA_KEY><DATA_KEY>2</DATA_KEY>`)],
    ['content twice', message(head, '<CONTEXT/><CONTEXT/>')],
    ['a section that does not belong there', message(head, '<CONTEXT/><EXTRA/>')],
    ['another root', '<RECORD/>'],
    ['a bare ampersand', message(head, '<CONTEXT><URL>a?b=1&c=2</URL></CONTEXT>')],
  ])('%s is refused', async (_, xml) => {
    expect(await problems(xml)).not.toEqual([]);
  });
});
