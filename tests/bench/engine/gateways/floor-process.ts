/**
 * What no gateway on Node can go below: an answer that stands in memory (as `buffer` or `string`), and one fetch passed on as it
 * comes (`relay-small`, `relay-large`).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn } from '@hub/kit/process';
import { Pool } from 'undici';

import { gatewayOrder } from './order.ts';

const headers = { 'content-type': 'application/json; charset=utf-8' } as const;

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { floor, form } = gatewayOrder.parse(message);
  const pool = new Pool(floor, { connections: 64 });
  const answer = await (await pool.request({ path: '/large', method: 'POST', body: '' })).body.text();
  const server = createServer(
    form.startsWith('relay') ? relaying(pool, form === 'relay-small' ? '/small' : '/large') : saying(answer, form),
  );
  const port = await listenOn(server, 0);
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
    void pool.close();
  });
  process.send?.({ url: `http://127.0.0.1:${port}/graphql` });
}

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

function saying(answer: string, form: string): Respond {
  const bytes = Buffer.from(answer);
  const said = form === 'buffer' ? bytes : answer;
  return (request, response) => {
    request.on('data', () => {});
    request.once('end', () => {
      response.writeHead(200, { ...headers, 'content-length': bytes.length });
      response.end(said);
    });
  };
}

function relaying(pool: Pool, path: string): Respond {
  return (request, response) => {
    void text(request).then((body) => {
      const pieces: Buffer[] = [];
      pool.dispatch(
        { path, method: 'POST', headers, body },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData: (_controller, piece) => void pieces.push(piece),
          onResponseEnd() {
            const [first] = pieces;
            const whole = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces);
            response.writeHead(200, { ...headers, 'content-length': whole.length });
            response.end(whole);
          },
          onResponseError: (_controller, error) => void response.destroy(error),
        },
      );
    });
  };
}
