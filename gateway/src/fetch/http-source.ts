/**
 * A subgraph with one endpoint, as any federation gateway has them.
 * @see design/architecture.md «The way of a query»
 */
import { HubError, isErrorCode } from '@hub/schema';

import { remainingMs } from '../admit/call.ts';
import type { GatewayEvent } from '../events.ts';
import { deadlineExceeded } from './absence-error.ts';
import { type Endpoint, PostError } from './post.ts';
import { isObject } from './reader.ts';
import type { Fetch, FetchAnswer, FetchError, FetchSource, Path } from './source.ts';

export interface HttpSourceOptions {
  readonly name: string;
  readonly endpoint: Endpoint;
  readonly report: (event: GatewayEvent) => void;
}

/** @returns The source of an ordinary subgraph. Its failures name it; what it writes in them is shown under a code of the closed list only. */
export function createHttpSource({ name, endpoint, report }: HttpSourceOptions): FetchSource {
  return {
    async answer({ query, operationName, variables, call }: Fetch): Promise<FetchAnswer> {
      const deadlineMs = remainingMs(call);
      try {
        const body = JSON.stringify({ query, variables, operationName });
        const { status, text } = await endpoint.post({ body, deadlineMs, signal: call.signal, repeatable: !query.startsWith('mutation') });
        return readAnswer(text, status, name);
      } catch (error) {
        if (!(error instanceof PostError)) throw error;
        report({ kind: 'subgraph-failed', subgraph: name, why: error.message });
        const shown = error.fault === 'TIMEOUT' ? deadlineExceeded(name) : failed(name);
        return { data: null, errors: [shownAs(shown)] };
      }
    },
  };
}

function readAnswer(text: string, status: number, name: string): FetchAnswer {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new PostError('MALFORMED', `HTTP ${status}, no JSON`, { cause });
  }
  if (!isObject(answer) || !('data' in answer || 'errors' in answer)) throw new PostError('MALFORMED', `HTTP ${status}, no GraphQL answer`);
  const { data, errors } = answer;
  return {
    data: isObject(data) ? data : null,
    errors: Array.isArray(errors) ? errors.map((error: unknown) => readError(error, name)) : [],
  };
}

function readError(error: unknown, name: string): FetchError {
  const known = isObject(error) ? error : {};
  const extensions = isObject(known['extensions']) ? known['extensions'] : {};
  const { code, messageEn } = extensions;
  const { path, message } = known;
  const place = Array.isArray(path)
    ? { path: path.filter((step): step is Path[number] => typeof step === 'string' || typeof step === 'number') }
    : {};
  if (!isErrorCode(code) || typeof message !== 'string') return { ...shownAs(failed(name)), ...place };
  const en = typeof messageEn === 'string' ? messageEn : message;
  return { ...shownAs(new HubError(code, { zh: message, en, system: name })), ...place };
}

function failed(name: string): HubError {
  return new HubError('SYSTEM_FAILED', { zh: `${name} 未能作答。`, en: `${name} could not answer.`, system: name });
}

function shownAs(error: HubError): FetchError {
  return { message: error.message, extensions: { ...error.extensions, code: error.code } };
}
