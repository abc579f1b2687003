/**
 * How a command ends: 0 good, 1 the answer is no, 2 it could not be done.
 * @see README «命令行 · Command line»
 */
import { type ErrorCode, HubError } from '@hub/schema';

/** What was judged and did not take; everything else could not be judged. */
const answersNo: ReadonlySet<ErrorCode> = new Set([
  'REGISTRATION_INVALID',
  'SYSTEM_UNKNOWN',
  'RECORD_REFUSED',
  'CONTRACT_INVALID',
  'IDEMPOTENCY_CONFLICT',
]);

/** @returns 1 for a refusal, 2 for anything that kept the command from being done. */
export function exitCodeOf(cause: unknown): 1 | 2 {
  return cause instanceof HubError && answersNo.has(cause.code) ? 1 : 2;
}
