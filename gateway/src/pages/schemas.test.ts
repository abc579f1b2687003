import { readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';

import { dictionaryDocuments, law } from '@hub/schema';
import { expect, test } from 'vitest';

import type { HttpAnswer } from '../respond/http.ts';
import { openSchemas } from './schemas.ts';

const hub = { partitioned: true, subgraphs: ['board', 'construction', 'registry'] };
const schemas = openSchemas(() => hub);

function asking(path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer | undefined> {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return schemas(path, request);
}

test.each([
  ['message.xsd', 'message.xsd', 'application/xml'],
  ['message.schema.json', 'message.schema.json', 'application/schema+json'],
  ['board.schema.json', 'generated/messages/board.schema.json', 'application/schema+json'],
  ['construction.xsd', 'generated/messages/construction.xsd', 'application/xml'],
  ['board/BOARD_NOTICE.xsd', 'generated/messages/board/BOARD_NOTICE.xsd', 'application/xml'],
])('%s is the file that was generated, and not sent again to who has it', async (path, file, type) => {
  const answer = await asking(`/schemas/${path}`);
  const text = readFileSync(new URL(`../../../schema/${file}`, import.meta.url), 'utf8');
  expect([answer?.status, String(answer?.body) === text]).toEqual([200, true]);
  expect(answer?.headers).toMatchObject({ 'content-type': `${type}; charset=utf-8`, etag: expect.stringMatching(/^"[0-9a-f]{16}"$/) });
  expect((await asking(`/schemas/${path}`, { 'if-none-match': String(answer?.headers?.['etag']) }))?.status).toBe(304);
});

test.each(['', 'land.xsd', 'board/SECTION.xsd', 'registry.xsd', '../package.json', 'board/../message.xsd', 'BOARD.xsd'])(
  'nothing at «%s»',
  async (path) => {
    expect(await asking(`/schemas/${path}`)).toBeUndefined();
  },
);

test('what the dictionary links is there', async () => {
  const pages = [...dictionaryDocuments(law(), hub.subgraphs).values()].map((write) => write());
  const links = new Set(
    pages.flatMap(({ type, text }) =>
      type === 'text/html' ? [...text.matchAll(/ href="(\/schemas\/[^"]*)"/g)].map(([, link = '']) => link) : [],
    ),
  );
  const answers = await Promise.all([...links].map((link) => asking(link)));
  const datasets = law().contracts.flatMap(({ contract }) => (hub.subgraphs.includes(contract.name) ? contract.datasets : []));
  expect([links.size, answers.every((answer) => answer?.status === 200)]).toEqual([datasets.length + 6, true]);
});
