/**
 * What an endpoint answered, read as far as it can be.
 * @see schema/PROTOCOL.md 8
 */
import type { Fault } from '../audit.ts';
import { isObject } from './json-value.ts';
import { shortened } from './shortened.ts';

/** A question in GraphQL. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** One error of an answer. */
export interface AnswerError {
  readonly message: string;
  readonly code: unknown;
  readonly messageEn: unknown;
  readonly path: readonly unknown[];
  /** The error as it came. */
  readonly whole: unknown;
}

/** An answer, whatever it says. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly ms: number;
  /** Whether it has the form of a GraphQL answer. */
  readonly isGraph: boolean;
  /** Undefined or null when there is none. */
  readonly data: unknown;
  readonly errors: readonly AnswerError[];
}

/** @returns The answer in parts. */
export function readAnswer(answer: Pick<Answer, 'status' | 'contentType' | 'text' | 'ms'>): Answer {
  const whole = parsed(answer.text);
  const [data, errors] = isObject(whole) ? [whole['data'], whole['errors']] : [];
  return { ...answer, isGraph: isGraphAnswer(whole), data, errors: Array.isArray(errors) ? errors.map(readError) : [] };
}

/** @returns The question as a report shows it. */
export function printQuestion({ query, variables = {} }: Question): string {
  return shortened(Object.keys(variables).length === 0 ? query : `${query}  ${JSON.stringify(variables)}`);
}

/** @returns The answer as a report shows it. */
export function printAnswer({ status, text }: Pick<Answer, 'status' | 'text'>): string {
  return `HTTP ${status} ${shortened(text)}`;
}

/** @returns The breach that an answer is. */
export function faultOf(question: Question | string, answer: Pick<Answer, 'status' | 'text'>, expected: string): Fault {
  return { asked: typeof question === 'string' ? shortened(question) : printQuestion(question), answered: printAnswer(answer), expected };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @see GraphQL specification 7.1 */
function isGraphAnswer(whole: unknown): boolean {
  if (!isObject(whole)) return false;
  const { data, errors } = whole;
  const hasData = 'data' in whole && (data === null || isObject(data));
  const hasErrors =
    Array.isArray(errors) && errors.length > 0 && errors.every((error) => isObject(error) && typeof error['message'] === 'string');
  return 'errors' in whole ? hasErrors && (hasData || !('data' in whole)) : hasData && data !== null;
}

function readError(whole: unknown): AnswerError {
  const { message, path, extensions } = isObject(whole) ? whole : {};
  const told = isObject(extensions) ? extensions : {};
  return { message: String(message), code: told['code'], messageEn: told['messageEn'], path: Array.isArray(path) ? path : [], whole };
}
