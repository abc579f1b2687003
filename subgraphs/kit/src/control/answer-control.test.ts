/**
 * What a caller of a control interface is told. @see design/graph.md «Errors»
 */
import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';

import { answerControl } from './answer-control.ts';

const schema = buildSchema('type Query { echo(text: String): String }');
const nul = Object.assign(new Error('invalid byte sequence for encoding "UTF8": 0x00'), { code: '22021' });

function ask(query: string, echo: () => string): Promise<object> {
  const faults: unknown[] = [];
  const options = { rootValue: { echo }, context: {}, name: '试', onFault: (cause: unknown) => void faults.push(cause) };
  return answerControl(schema, Buffer.from(JSON.stringify({ query })), options).then((told) => ({ ...told, faults }));
}

test('a text that no database keeps is the caller’s mistake, and no fault', async () => {
  const told = await ask('{ echo }', () => {
    throw nul;
  });
  expect(told).toMatchObject({ data: { echo: null }, faults: [], errors: [{ extensions: { code: 'QUERY_INVALID' } }] });
});

test('twenty fields of the root are answered at once, and not more, whatever they are called', async () => {
  const aliases = (count: number): string => `{ ${Array.from({ length: count }, (_, place) => `a${place}: echo`).join(' ')} }`;
  expect(await ask(aliases(20), () => 'x')).toMatchObject({ data: { a0: 'x', a19: 'x' } });
  await expect(ask(aliases(21), () => 'x')).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' });
  const fragments = `query { ...one } fragment one on Query ${aliases(21)}`;
  await expect(ask(fragments, () => 'x')).rejects.toMatchObject({ code: 'QUERY_TOO_LARGE' });
});

test('what is no query is told so in Chinese, with the words of graphql-js beside', async () => {
  expect(await ask('{ nope', () => 'x')).toMatchObject({
    errors: [{ message: expect.stringMatching(/^请求有误/), extensions: { code: 'QUERY_INVALID' } }],
  });
  const wrong = await ask(`{ echo(text: ${'9'.repeat(10_000)}) }`, () => 'x');
  expect(wrong).toMatchObject({ errors: [{ extensions: { messageEn: expect.stringMatching(/^String cannot represent.{400,500}…$/) } }] });
});
