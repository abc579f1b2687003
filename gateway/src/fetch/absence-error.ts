/**
 * What a reader is told where a single system was needed and did not answer.
 * @see design/graph.md «Errors»
 */
import { HubError } from '@hub/schema';

import type { Absence, MissingReason } from '../merge/coverage.ts';

const reasons: Readonly<Record<MissingReason, { readonly zh: string; readonly en: string }>> = {
  TIMEOUT: { zh: '未在限定时间内作答', en: 'did not answer in time' },
  UNREACHABLE: { zh: '无法连接', en: 'cannot be reached' },
  REFUSED: { zh: '拒绝作答', en: 'refused to answer' },
  INVALID_ANSWER: { zh: '答复不符合契约', en: 'gave an answer that breaks its contract' },
  WITHDRAWN: { zh: '已停止服务', en: 'has been withdrawn' },
};

/** SYSTEM_FAILED with the system's code, or DEADLINE_EXCEEDED when it was the operation that ran out of time. */
export function absenceError({ system, reason, retryAfterMs, overtime }: Absence): HubError {
  if (overtime === true) return deadlineExceeded(system.code);
  return new HubError('SYSTEM_FAILED', {
    zh: `${system.name}（${system.code}）${reasons[reason].zh}。`,
    en: `${system.code} ${reasons[reason].en}.`,
    system: system.code,
    retryAfterMs,
  });
}

/** The operation's own time is over. */
export function deadlineExceeded(system?: string): HubError {
  return new HubError('DEADLINE_EXCEEDED', {
    zh: '查询超过了时间上限，请缩小范围后重试。',
    en: 'The query took longer than it may; ask for less and try again.',
    system,
  });
}
