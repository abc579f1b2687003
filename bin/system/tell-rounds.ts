/**
 * What a bridge's rounds bring, for the person at the terminal: a line for each view whenever something is new, with the rows
 * that were refused and why. What was told is not told again.
 */
import type { BridgeCount, FollowOptions, RowFinding } from '@hub/bridge';
import { systemClock } from '@hub/kit/process';

import { findingLine } from '../bridge.ts';
import { failureLine } from '../failure-line.ts';

/** What a follower of a source calls. */
export type Teller = Pick<FollowOptions, 'onFinding' | 'onProgress' | 'onEntry' | 'onEntryFailure' | 'onFailure'>;

/** Where it is told: data on one, prose on the other. */
export interface TellerOptions {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** What to do about a view that cannot be read. */
  readonly hint: string;
}

const mostShown = 10;
const progressMs = 2000;

/** @returns What tells. */
export function tellRounds({ out, err, hint }: TellerOptions): Teller {
  const told = new Map<string, string>();
  let findings: RowFinding[] = [];
  let under: string | undefined;
  let progressAtMs = 0;
  const isNews = (entry: string, text: string): boolean => {
    const news = told.get(entry) !== text;
    told.set(entry, text);
    return news;
  };
  return {
    onFinding: (finding) => void findings.push(finding),
    onProgress: (entry, { read, stored }) => {
      // What is done in a moment needs no progress.
      if (under !== entry) progressAtMs = systemClock.nowMs();
      under = entry;
      if (systemClock.nowMs() - progressAtMs < progressMs) return;
      progressAtMs = systemClock.nowMs();
      err(`… ${entry}：已读 ${read}，入库 ${stored}  ${read} read, ${stored} stored`);
    },
    onEntry: (entry, count) => {
      const found = findings;
      findings = [];
      under = undefined;
      const lines = found.map(findingLine);
      const isChange = count.stored + count.withdrawn > 0;
      // Refused rows are tried again at each round: told once, until something else is wrong.
      if (!isNews(entry, [count.refused, ...lines.toSorted()].join('\n')) && !isChange) return;
      out(entryLine(entry, count));
      for (const line of lines.slice(0, mostShown)) out(`  ${line}`);
      if (lines.length > mostShown)
        out(`  … 共 ${lines.length} 处，hub bridge check 可见全部  ${lines.length} in all, hub bridge check shows them`);
    },
    onEntryFailure: (entry, fault) => {
      findings = [];
      if (isNews(entry, fault.message)) err(`! ${entry}：${failureLine(fault).slice(2)}  ${hint}`);
    },
    onFailure: (fault, againMs) => {
      findings = [];
      const seconds = Math.round(againMs / 1000);
      if (isNews('', fault.message)) err(`${failureLine(fault)}  ${seconds} 秒后再试 trying again in ${seconds} s`);
    },
  };
}

function entryLine(entry: string, { read, stored, withdrawn, refused, warned }: BridgeCount): string {
  return (
    `${refused > 0 ? '✗' : '✓'} ${entry}：读取 ${read}，入库 ${stored}，撤销 ${withdrawn}，拒收 ${refused}；有质量问题 ${warned}  ` +
    `${read} read, ${stored} stored, ${withdrawn} withdrawn, ${refused} refused; ${warned} with warnings`
  );
}
