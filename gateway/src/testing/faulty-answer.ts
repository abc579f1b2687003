/**
 * Ways in which a whole answer of an endpoint is not what it should be.
 */
import type { Choice } from './choice.ts';
import { PostError } from '../fetch/post-error.ts';
import { isObject } from '../fetch/reader.ts';
import type { PostAnswer } from '../fetch/shared-posts.ts';

/** Every way. */
export const answerFaults = [
  'http500',
  'noJson',
  'noData',
  'nullData',
  'listData',
  'pathless',
  'strangePaths',
  'tooFewEntities',
  'unknownTypes',
] as const;

export type AnswerFault = (typeof answerFaults)[number];

/** @returns By name, the subgraphs that are out of order for one operation, and by what; mostly none. */
export function faultsOf(choice: Choice): ReadonlyMap<string, AnswerFault> {
  if (choice.chance(75)) return new Map();
  return new Map(choice.some(['a', 'b', 'c'], 50).map((subgraph) => [subgraph, choice.one(answerFaults)]));
}

interface Answer {
  readonly data: unknown;
  readonly errors?: readonly { readonly message: string; readonly path: readonly (string | number)[] }[];
}

/** @param fault - Undefined: none. @returns What comes of an answer on its way. @throws PostError where it cannot be read. */
export function faultyAnswer(fault: AnswerFault | undefined, answer: Answer): PostAnswer {
  if (fault === 'http500') return { status: 500, answer: { message: 'Internal Server Error' } };
  if (fault === 'noJson') throw new PostError('MALFORMED', 'HTTP 200, no JSON');
  const text = JSON.stringify(changed(fault, answer));
  const sent: unknown = JSON.parse(text);
  return { status: 200, answer: sent };
}

function changed(fault: Exclude<AnswerFault, 'http500' | 'noJson'> | undefined, { data, errors = [] }: Answer): unknown {
  const told = errors.length === 0 ? {} : { errors };
  switch (fault) {
    case undefined:
      return { data, ...told };
    case 'noData':
      return { errors: [{ message: 'nothing', extensions: failed }] };
    case 'nullData':
      return { data: null, ...told };
    case 'listData':
      return { data: [], ...told };
    case 'pathless':
      return { data, ...(errors.length === 0 ? {} : { errors: errors.map(({ message }) => ({ message, extensions: failed })) }) };
    case 'strangePaths':
      return {
        data,
        errors: [
          ...errors,
          { message: 'elsewhere', path: ['constructor', 9, '__proto__'], extensions: failed },
          { message: 'nowhere', path: 'x', extensions: failed },
        ],
      };
    case 'tooFewEntities':
      return { data: isObject(data) ? Object.fromEntries(Object.entries(data).map(shortened)) : data, ...told };
    case 'unknownTypes':
      return { data: withUnknownTypes(data), ...told };
  }
}

const failed = { code: 'SYSTEM_FAILED' } as const;

function withUnknownTypes(data: unknown): unknown {
  const text = JSON.stringify(data, (key, value: unknown) => (key === '__typename' ? 'Nobody' : value));
  return JSON.parse(text);
}

/** A list of entities, whatever it is called: fetches that were put together call it by names of their own. */
function shortened([key, value]: [string, unknown]): [string, unknown] {
  return /^(_entities|e\d+)$/.test(key) && Array.isArray(value) ? [key, value.slice(1)] : [key, value];
}
