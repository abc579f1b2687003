/**
 * Sends a question as any HTTP client could, and keeps everything that comes back: status, headers, body.
 */
import { request } from 'undici';

import { isObject, listAt } from '../../support/parse-json.ts';
import type { Caller } from './callers.ts';
import type { Operation } from './operation.ts';

/** A request to the gateway. */
export interface Sent {
  readonly method: 'GET' | 'POST' | 'OPTIONS' | 'HEAD' | 'PUT' | 'DELETE' | 'PATCH';
  /** From the slash on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

/** Ways in which one operation can be put into a request. */
export const transports = ['post', 'get', 'post with extensions', 'post as graphql+json'] as const;
export type Transport = (typeof transports)[number];

/** @returns The request for an operation. */
export function requestOf({ query, variables, operationName }: Operation, transport: Transport = 'post'): Sent {
  const named = operationName === undefined ? {} : { operationName };
  if (transport === 'get') {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables), ...named });
    return { method: 'GET', path: `/graphql?${search.toString()}`, headers: {} };
  }
  const type = transport === 'post as graphql+json' ? 'application/graphql+json; charset=utf-8' : 'application/json';
  const extensions =
    transport === 'post with extensions'
      ? { extensions: { persistedQuery: undefined, roles: ['RESTRICTED'], 'x-role': 'RESTRICTED' } }
      : {};
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': type },
    body: JSON.stringify({ query, variables, ...named, ...extensions }),
  };
}

async function send(origin: string, { method, path, headers, body }: Sent): Promise<Answered> {
  const answer = await request(`${origin}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
}

/** Asks as some caller. */
export type Asker = (sent: Sent, caller?: Caller) => Promise<Answered>;

/** @returns What asks the server at this origin. */
export function asking(origin: string): Asker {
  return (sent, caller) => {
    const headers = caller?.authorization === undefined ? sent.headers : { ...sent.headers, authorization: caller.authorization };
    return send(origin, { ...sent, headers });
  };
}

/** @returns Codes of the errors in an answer; none when it is no JSON. */
export function errorCodesIn({ text }: Answered): readonly string[] {
  return listAt(parsed(text), 'errors').map((error) => {
    const extensions = isObject(error) ? error['extensions'] : undefined;
    return isObject(extensions) ? String(extensions['code']) : 'none';
  });
}

/** @returns The parsed body; undefined when it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
