/**
 * Whatever answers in a registry's place, the engineer is told in words what is wrong.
 */
import { createServer, type RequestListener, type Server } from 'node:http';

import { createSigningKey, openLink, registryDoor } from '@hub/kit/process';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';

const shape = z.object({ whoami: z.object({ name: z.string() }) });
const key = createSigningKey();
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function asking(answer: RequestListener, deadlineMs = 10_000): Promise<unknown> {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => void started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const ask = openLink({
    door: registryDoor,
    origin,
    key,
    keyFile: 'key.json',
    signers: ['xingcheng', 'operator'],
    say: () => {},
    deadlineMs,
  });
  return ask({ query: '{ whoami { name } }' }, shape);
}

const json =
  (status: number, body: object): RequestListener =>
  (request, response) =>
    void request.resume().on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)));
const refusal = (code: string): object => ({ errors: [{ message: '不行。', extensions: { code, messageEn: 'No.' } }] });

test('an answer is read as what was asked for', async () => {
  expect(await asking(json(200, { data: { whoami: { name: 'x', more: 1 } } }))).toEqual({ whoami: { name: 'x' } });
});

test('the registry’s own refusal keeps its code and words', async () => {
  await expect(asking(json(200, refusal('FORBIDDEN')))).rejects.toMatchObject({ code: 'FORBIDDEN', message: '不行。', messageEn: 'No.' });
});

test('a key that is not believed in any name: which key, in which name, and what to look at', async () => {
  await expect(asking(json(401, refusal('UNAUTHENTICATED')))).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    messageEn: expect.stringMatching(new RegExp(`key\\.json, thumbprint ${key.kid}, in the name of xingcheng`)),
  });
});

test('the second name is tried when the first is not believed', async () => {
  const answers = [json(401, refusal('UNAUTHENTICATED')), json(200, { data: { whoami: { name: 'operator' } } })].values();
  const answer: RequestListener = (request, response) => answers.next().value?.(request, response);
  expect(await asking(answer)).toEqual({ whoami: { name: 'operator' } });
});

test('a clock that is off is named', async () => {
  const answer: RequestListener = (request, response) => {
    response.setHeader('date', new Date(Date.now() - 300_000).toUTCString());
    json(401, refusal('UNAUTHENTICATED'))(request, response);
  };
  await expect(asking(answer)).rejects.toMatchObject({ messageEn: expect.stringMatching(/clock is (299|30\d) s off/) });
});

test.each([
  ['a page', ((_request, response) => response.end('<html>')) satisfies RequestListener],
  ['another JSON', json(200, { ok: true })],
  ['other data', json(200, { data: { whoami: null } })],
  ['a redirect', ((_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()) satisfies RequestListener],
])('%s is no registry’s', async (_what, answer) => {
  await expect(asking(answer)).rejects.toMatchObject({ code: 'SYSTEM_FAILED', message: expect.stringContaining('的答复不是登记处的') });
});

test('one that hangs up, and one that says nothing', async () => {
  await expect(asking((request) => request.socket.destroy())).rejects.toMatchObject({
    code: 'SYSTEM_FAILED',
    message: expect.stringContaining('连不上登记处'),
  });
  await expect(asking(() => {}, 50)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
});
