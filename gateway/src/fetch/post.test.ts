/**
 * How one endpoint is asked: signed when there is a key, each time anew. @see schema/PROTOCOL.md 10
 */
import { createServer, type RequestListener } from 'node:http';

import { listenOn, signatureHeader } from '@hub/kit/process';
import { expect, test } from 'vitest';

import { Endpoint, type EndpointOptions } from './post.ts';

const question = { body: '{"query":"{ __typename }"}', deadlineMs: 5000, signal: new AbortController().signal };

/** @returns The endpoint of a server, and the signatures that came there. */
async function serve(listener: RequestListener, options: EndpointOptions, opened: AsyncDisposableStack) {
  const signatures: unknown[] = [];
  const server = createServer((request, response) => {
    signatures.push(request.headers[signatureHeader]);
    listener(request, response);
  });
  const port = await listenOn(server, 0);
  opened.defer(() => void server.close());
  return { signatures, endpoint: opened.use(new Endpoint(`http://127.0.0.1:${port}/graphql`, options)) };
}

test('without a key nothing is signed', async () => {
  await using opened = new AsyncDisposableStack();
  const { endpoint, signatures } = await serve((_, response) => void response.end('{}'), {}, opened);
  await endpoint.post(question);
  expect(signatures).toEqual([undefined]);
});

test('a request that is sent again over a fresh connection is signed again: the first may have arrived', async () => {
  await using opened = new AsyncDisposableStack();
  let came = 0;
  let signed = 0;
  const { endpoint, signatures } = await serve(
    (request, response) => {
      came++;
      // Kept alive, and closed at the very moment it is used again.
      if (came === 2) request.socket.destroy();
      else response.end('{}');
    },
    { sign: (body) => `${body.length} no. ${(signed += 1)}` },
    opened,
  );
  await endpoint.post(question);
  expect((await endpoint.post(question)).status).toBe(200);
  expect(signatures).toEqual(['26 no. 1', '26 no. 2', '26 no. 3']);
});
