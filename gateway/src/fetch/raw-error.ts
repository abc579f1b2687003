/**
 * Errors inside a system's answer. What a system writes there is not repeated to clients, except where it speaks of what the
 * client itself sent.
 * @see design/graph.md «Errors»
 */
import { type ErrorCode, HubError, isErrorCode } from '@hub/schema';

import { InvalidAnswer, isObject } from './reader.ts';
import type { Path } from './source.ts';

/** An error of a system, narrowed. */
export interface RawError {
  readonly code: ErrorCode | undefined;
  readonly message: string;
  readonly messageEn: string;
  readonly path: Path;
  /** Of a CODE_CONFLICT: only copies have the code there. */
  readonly among: 'COPY' | undefined;
}

const maxMessageLength = 500;

/** Codes with which a system faults the question, not itself. */
const questionFaults: ReadonlySet<string> = new Set([
  'FILTER_INVALID',
  'ID_INVALID',
  'QUERY_TOO_LARGE',
  'CODE_CONFLICT',
  'GROUPS_TOO_MANY',
]);

/** @returns The errors of an answer. @throws InvalidAnswer when they are none. */
export function readErrors(errors: unknown): readonly RawError[] {
  if (errors === undefined || errors === null) return [];
  if (!Array.isArray(errors)) throw new InvalidAnswer('errors is no list');
  return errors.map((error: unknown) => {
    if (!isObject(error)) throw new InvalidAnswer('an error is no object');
    const extensions = isObject(error['extensions']) ? error['extensions'] : {};
    const { code } = extensions;
    return {
      code: isErrorCode(code) ? code : undefined,
      message: text(error['message']),
      messageEn: text(extensions['messageEn']),
      path: readPath(error['path']),
      among: extensions['among'] === 'COPY' ? 'COPY' : undefined,
    };
  });
}

/** @returns The failure a system reports of the question itself; undefined when it reports its own. */
export function questionFault(error: RawError, system: string): HubError | undefined {
  if (error.code === undefined || !questionFaults.has(error.code)) return undefined;
  return new HubError(error.code, { zh: error.message, en: error.messageEn, system, among: error.among });
}

/** @returns What a client may see of a failure in one place of a system's answer. */
export function shownError(error: RawError, system: { readonly code: string; readonly name: string }): HubError {
  return (
    questionFault(error, system.code) ??
    new HubError('SYSTEM_FAILED', {
      zh: `${system.name}（${system.code}）未能给出这一项。`,
      en: `${system.code} could not give this.`,
      system: system.code,
    })
  );
}

/** Whether the answer is null at the error's place, as it must be where something failed. */
export function isNullAt(data: unknown, path: Path): boolean {
  let value = data;
  for (const step of path) {
    if (value === null) return true;
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isObject(value) && typeof step === 'string') value = value[step];
    else return false;
  }
  return value === null;
}

function readPath(path: unknown): Path {
  const steps: readonly unknown[] = Array.isArray(path) ? path : [];
  return steps.filter((step) => typeof step === 'string' || typeof step === 'number');
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, maxMessageLength) : '';
}
