/**
 * Asks a GraphQL endpoint over HTTP, as any client does.
 */
import { signatureHeader } from '@hub/kit/process';
import { type Dispatcher, request } from 'undici';

import { gatewaySigner } from './gateway-key.ts';
import { isObject } from './parse-json.ts';

/** A GraphQL answer. */
export interface Reply {
  readonly status: number;
  readonly data: unknown;
  readonly errors: readonly ReplyError[];
  /** The answer as it came. */
  readonly text: string;
}

/** An error of an answer. */
export interface ReplyError {
  readonly message: string;
  readonly path: readonly unknown[];
  readonly code: unknown;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What is asked. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string | undefined;
  readonly dispatcher?: Dispatcher;
  /** Code of the system that is asked directly: signed as a gateway signs. */
  readonly system?: string;
}

/** @returns The answer, whatever its status. */
export async function ask(url: string, { query, variables = {}, token, dispatcher, system }: Question): Promise<Reply> {
  const sent = JSON.stringify({ query, variables });
  const { statusCode, body } = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(system === undefined ? {} : { [signatureHeader]: gatewaySigner.sign(system, sent) }),
    },
    body: sent,
    headersTimeout: 0,
    bodyTimeout: 0,
    ...(dispatcher === undefined ? {} : { dispatcher }),
  });
  const text = await body.text();
  const answer: unknown = JSON.parse(text);
  const [data, errors] = isObject(answer) ? [answer['data'], answer['errors']] : [];
  return { status: statusCode, data, errors: Array.isArray(errors) ? errors.map(readError) : [], text };
}

function readError(error: unknown): ReplyError {
  const { message, path, extensions } = isObject(error) ? error : {};
  const told = isObject(extensions) ? extensions : {};
  return { message: String(message), path: Array.isArray(path) ? path : [], code: told['code'], extensions: told };
}
