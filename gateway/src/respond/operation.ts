/**
 * One GraphQL request from HTTP and back: who asks, how long it may take, and what the answer may be kept for.
 * @see design/architecture.md «The way of a query», GraphQL over HTTP
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { HeaderMap } from '@apollo/server';

import type { Call, Notes } from '../admit/call.ts';
import type { IdentifyCaller } from '../admit/caller.ts';
import type { Generation } from '../plan/generation.ts';
import { clientName } from '../usage/client-name.ts';
import { cacheHeaders } from './cache.ts';
import type { Face } from './face.ts';
import { type AnswerInParts, type HttpAnswer, readJsonBody } from './http.ts';

export interface OperationOptions {
  readonly identify: IdentifyCaller;
  readonly generation: () => Pick<Generation, 'use'>;
  /** Time for one operation, ms. */
  readonly deadlineMs: number;
}

/** @throws HubError before the operation begins: UNAUTHENTICATED, QUERY_INVALID, QUERY_TOO_LARGE. */
export async function runOperation(
  request: IncomingMessage,
  response: ServerResponse,
  options: OperationOptions,
): Promise<HttpAnswer | AnswerInParts> {
  const caller = await options.identify(request.headers.authorization);
  const body = request.method === 'POST' ? await readJsonBody(request) : undefined;
  const gone = new AbortController();
  // Of an answer that is written whole nobody need be told.
  response.once('close', () => void (response.writableFinished || gone.abort()));
  const notes: Notes = { incomplete: false, admitted: false, remarks: [] };
  const named = request.headers['apollographql-client-name'];
  const call: Call = {
    grants: caller.grants,
    client: clientName(caller.client, typeof named === 'string' ? named : undefined),
    deadlineMs: performance.now() + options.deadlineMs,
    signal: gone.signal,
    notes,
  };

  const { promise, resolve, reject } = Promise.withResolvers<Executed>();
  const generation = options.generation();
  const work = async (face: Face): Promise<void> => {
    resolve(await execute(face, request, { call, body }));
    // What is yet to come is fetched in the same generation.
    await notes.rest;
  };
  generation.use(work).catch(reject);
  const answer = await promise;
  // A part that is yet to come may lack anything.
  const complete = !notes.incomplete && !answer.failed && notes.rest === undefined;
  const caching = cacheHeaders({ method: request.method, anonymous: caller.anonymous, complete, status: answer.status });
  return { ...answer, headers: { ...answer.headers, ...caching } };
}

/** With whether the answer has errors, as far as it is known. */
type Executed = (HttpAnswer | AnswerInParts) & { readonly failed: boolean };

async function execute(
  face: Face,
  request: IncomingMessage,
  { call, body }: { readonly call: Call; readonly body: unknown },
): Promise<Executed> {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const url = request.url ?? '/';
  const search = request.method === 'POST' ? '' : new URL(url, 'http://hub.invalid').search;
  const {
    status = 200,
    headers: given,
    body: text,
  } = await face.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method ?? 'GET', headers, search, body },
    context: async () => ({ call }),
  });
  const answer = { status, headers: Object.fromEntries(given) };
  if (text.kind === 'chunked') return { ...answer, body: text.asyncIterator, failed: false };
  const { string } = text;
  if (string === '' && call.notes.written !== undefined) return { ...answer, body: call.notes.written, failed: false };
  return { ...answer, body: string, failed: string.startsWith('{"errors":') };
}
