/**
 * Runs one audit within its time, and says how it ended. Rows may change while they are looked at: what failed is judged once
 * more on rows read anew, and only what fails again has failed.
 */
import type { Audit, Words } from './audit.ts';
import { BudgetSpent, NoAnswer, Unanswered } from './ask/endpoint.ts';
import { Judge } from './judge.ts';
import type { Outcome, Result } from './report/report.ts';
import type { Subject } from './subject/subject.ts';

const nothingFound: Words = { zh: '没有可以判断的行或答案', en: 'there was no row or answer to judge' };
const budgetSpent: Words = { zh: '提问次数已达上限', en: 'as many questions were asked as allowed' };
const secondTry: Words = {
  zh: '第一次判断不通过，重新读取后通过：数据在读取期间有变化',
  en: 'it failed at first and passed on rows read anew: the data changed meanwhile',
};

/** @param auditMs - Time for one attempt. */
export async function runAudit(audit: Audit, subject: Subject, auditMs: number): Promise<Result> {
  const startedMs = performance.now();
  let judge = await attempt(audit, subject, auditMs);
  if (judge.broken > 0) {
    subject.forget();
    const again = await attempt(audit, subject, auditMs);
    if (again.broken === 0 && again.judged > 0) again.remark(secondTry);
    judge = again;
  }
  const outcome: Outcome = judge.broken > 0 ? 'failed' : judge.judged > 0 ? 'passed' : 'skipped';
  const { judged, broken, faults, remarks } = judge;
  const reasons = outcome === 'skipped' && judge.reasons.length === 0 ? [nothingFound] : judge.reasons;
  const { run: _run, ...told } = audit;
  return { ...told, outcome, judged, broken, faults, reasons, remarks, ms: Math.round(performance.now() - startedMs) };
}

/** @returns A result for an audit that was not run. */
export function skipped({ run: _run, ...told }: Audit, reason: Words): Result {
  return { ...told, outcome: 'skipped', judged: 0, broken: 0, faults: [], reasons: [reason], remarks: [], ms: 0 };
}

async function attempt(audit: Audit, subject: Subject, auditMs: number): Promise<Judge> {
  const judge = new Judge();
  const end = AbortSignal.timeout(auditMs);
  subject.until(end);
  try {
    await audit.run(subject, judge);
  } catch (cause) {
    if (cause instanceof BudgetSpent) judge.nothing(budgetSpent);
    else if (cause instanceof NoAnswer || cause instanceof Unanswered) judge.check(false, () => cause.fault);
    else throw cause;
    // A reading cut short would be taken for all there is.
    subject.forget();
  }
  return judge;
}
