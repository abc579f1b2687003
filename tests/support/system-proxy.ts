/**
 * Stands in front of a system and makes it fail on command: nobody there, silent until released, or answering garbage.
 */
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn, signatureHeader } from '@hub/kit/process';
import { Pool } from 'undici';

import type { Garbage, Spoiled } from './garbage.ts';
import { gatewaySigner } from './gateway-key.ts';
import { isObject } from './parse-json.ts';

/** How the system behaves. */
export type Behaviour =
  | 'healthy'
  /** Nobody listens: connections are refused. */
  | 'refused'
  /** Takes requests and says nothing until it is released. */
  | 'silent'
  /** Begins an answer and does not go on until it is released. */
  | 'stalled'
  /** Sends a blank now and then, and nothing else until it is released. */
  | 'trickling'
  /** Answers every page as if it were the first. */
  | 'stuck'
  | Garbage;

/** A system behind a proxy. */
export interface SystemProxy extends AsyncDisposable {
  readonly system: string;
  readonly url: string;
  /** Bodies of the requests that came, in order. */
  readonly requests: readonly string[];
  /** Changes how the system behaves from now on; requests held so far are let go. */
  behave(behaviour: Behaviour): Promise<void>;
  /** Resolves when the next request has come. */
  arrival(): Promise<void>;
}

/** Where the system is, and the name of some other one. */
export interface Behind {
  readonly system: string;
  readonly other: string;
  readonly url: string;
}

/** Often enough that a connection is never idle. */
const betweenDropsMs = 20;

/** Starts a proxy on a port of its own; it keeps the port through outages. */
export async function startProxy({ system, other, url }: Behind): Promise<SystemProxy> {
  const target = new Pool(new URL(url).origin, { connections: 16 });
  const requests: string[] = [];
  let behaviour: Behaviour = 'healthy';
  let released = Promise.withResolvers<void>();
  let arrived = Promise.withResolvers<void>();

  const forward = async (body: string, signature: string): Promise<{ readonly status: number; readonly text: string }> => {
    const headers = { 'content-type': 'application/json', [signatureHeader]: signature };
    const answer = await target.request({ path: '/graphql', method: 'POST', headers, body });
    return { status: answer.statusCode, text: await answer.body.text() };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    requests.push(body);
    const current = behaviour;
    const hold = released.promise;
    arrived.resolve();
    arrived = Promise.withResolvers();
    if (current === 'silent') await hold;
    const { status, text: told } =
      current === 'stuck'
        ? await forward(fromTheStart(body), gatewaySigner.sign(system, fromTheStart(body)))
        : await forward(body, String(request.headers[signatureHeader]));
    if (current === 'stalled') {
      response.writeHead(status, { 'content-type': 'application/json' }).write(told.slice(0, 8));
      await hold;
      response.end(told.slice(8));
    } else if (current === 'trickling') {
      response.writeHead(status, { 'content-type': 'application/json' });
      const drops = setInterval(() => response.write(' '), betweenDropsMs);
      await hold.finally(() => clearInterval(drops));
      response.end(told);
    } else if (typeof current === 'function') {
      const spoiled = current({ request: body, text: told, system, other });
      if (spoiled === 'silence') await hold;
      else send(response, spoiled);
    } else response.writeHead(status, { 'content-type': 'application/json' }).end(told);
  };

  const open = (): Server =>
    createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      answer(request, response).catch(() => response.destroy());
    });
  let server: Server | undefined = open();
  const port = await listenOn(server, 0);

  return {
    system,
    url: `http://127.0.0.1:${port}/graphql`,
    requests,
    arrival: () => arrived.promise,
    async behave(next) {
      behaviour = next;
      released.resolve();
      released = Promise.withResolvers();
      if (next === 'refused') {
        await close(server);
        server = undefined;
      } else if (server === undefined) {
        server = open();
        await listenOn(server, port);
      }
    },
    async [Symbol.asyncDispose]() {
      released.resolve();
      await close(server);
      await target.destroy();
    },
  };
}

function send(response: ServerResponse, { status = 200, headers = {}, body, cutAt }: Spoiled): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers });
  if (cutAt === undefined) {
    response.end(bytes);
    return;
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length * cutAt)), () => response.destroy());
}

/** The gateway names the place `…after`. */
function fromTheStart(body: string): string {
  const request: unknown = JSON.parse(body);
  if (!isObject(request) || !isObject(request['variables'])) return body;
  const variables = Object.fromEntries(
    Object.entries(request['variables']).map(([name, value]) => [name, name.endsWith('after') ? null : value]),
  );
  return JSON.stringify({ ...request, variables });
}

function close(server: Server | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (server === undefined) resolve();
  else server.close(() => resolve());
  server?.closeAllConnections();
  return promise;
}
