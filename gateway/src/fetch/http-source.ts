/**
 * A subgraph with one endpoint, as any federation gateway has them.
 * @see design/architecture.md «The way of a query»
 */
import { HubError, isErrorCode } from '@hub/schema';

import { remainingMs } from '../admit/call.ts';
import type { GatewayEvent } from '../events.ts';
import { deadlineExceeded } from './absence-error.ts';
import type { Endpoint } from './post.ts';
import { PostError } from './post-error.ts';
import { isObject } from './reader.ts';
import type { Asking, FetchAnswer, FetchError, FetchSource, Path, Question } from './source.ts';

export interface HttpSourceOptions {
  readonly name: string;
  /** The one that is asked. */
  readonly endpoint: Pick<Endpoint, 'post'>;
  readonly report: (event: GatewayEvent) => void;
}

/** @returns The source of an ordinary subgraph. Its failures name it; what it writes in them is shown under a code of the closed list only. */
export function createHttpSource({ name, endpoint, report }: HttpSourceOptions): FetchSource {
  return {
    isOne: true,
    prepare(question) {
      const bodyOf = compileBody(question);
      const repeatable = !question.query.startsWith('mutation');
      return async ({ variables, representations, call }) => {
        try {
          const body = bodyOf(variables, representations);
          const { status, answer } = await endpoint.post({ body, deadlineMs: remainingMs(call), signal: call.signal, repeatable });
          return readAnswer(answer, status, name);
        } catch (error) {
          if (!(error instanceof PostError)) throw error;
          // That a client went away says nothing of the subgraph.
          if (error.fault !== 'ABANDONED') report({ kind: 'subgraph-failed', subgraph: name, why: error.message });
          const shown = error.fault === 'TIMEOUT' ? deadlineExceeded(name) : failed(name);
          return { data: null, errors: [shownAs(shown)] };
        }
      };
    },
  };
}

type BodyOf = (variables: Asking['variables'], representations: Asking['representations']) => string;

/** All but the variables is written once. */
function compileBody({ query, operationName }: Question): BodyOf {
  const named = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  const before = `{"query":${JSON.stringify(query)},${named}"variables":`;
  return (variables, representations) => {
    const own = JSON.stringify(variables);
    if (representations.length === 0) return `${before}${own}}`;
    const lists = representations.map(({ variable, texts }) => `"${variable}":[${texts.join(',')}]`).join(',');
    return `${before}{${lists}${own === '{}' ? '' : `,${own.slice(1, -1)}`}}}`;
  };
}

function readAnswer(answer: unknown, status: number, name: string): FetchAnswer {
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
