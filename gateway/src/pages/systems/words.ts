/**
 * What the page says, Chinese first: standings, reasons, kinds of events, times.
 */
import { law, markup, type Content, type Markup } from '@hub/schema';

import type { Standing } from './standing.ts';

type Words = readonly [zh: string, en: string];

/** Every standing, in the order of the summary. */
export const standings: readonly (readonly [Standing, string, string])[] = [
  ['answering', '作答', 'answering'],
  ['away', '缺席', 'away'],
  ['unknown', '待查', 'not asked yet'],
  ['onboarding', '接入中', 'coming in'],
  ['withdrawn', '已撤回', 'withdrawn'],
];

const reasons: Readonly<Record<string, Words>> = {
  TIMEOUT: ['超时未答', 'no answer in time'],
  UNREACHABLE: ['无法连接', 'cannot be reached'],
  REFUSED: ['拒绝作答', 'refused to answer'],
  INVALID_ANSWER: ['答复不合契约', 'its answer broke the contract'],
  WITHDRAWN: ['已停止服务', 'withdrawn'],
};

const events: Readonly<Record<string, Words>> = {
  REGISTERED: ['登记', 'registered'],
  PUBLISHED: ['发布', 'published'],
  WITHDRAWN: ['撤回', 'withdrawn'],
  REPUBLISHED: ['恢复', 'came back'],
  ROLLED_BACK: ['回到以前的版本', 'went back to an earlier version'],
};

/** Chinese, English beside. */
export function both(zh: Content, en: string): Markup {
  return markup`${zh} <span class="en" lang="en">${en}</span>`;
}

/** @returns Why a system is away. */
export function reasonOf(reason: string | undefined): Markup {
  const [zh, en] = reasons[reason ?? ''] ?? ['得不到答复', 'no answer'];
  return both(zh, en);
}

/** @returns What happened. */
export function eventOf(what: string): Markup {
  const [zh, en] = events[what] ?? [what, ''];
  return both(zh, en);
}

/** @returns The title of a contract; its name when it is none that this release knows. */
export function titleOf(contract: string): string {
  return law().contracts.find(({ contract: { name } }) => name === contract)?.contract.title ?? contract;
}

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];

/** @returns How long ago, with the time itself behind it; «–» when it is not known. */
export function agoOf(at: string | undefined | null, nowMs: number): Markup {
  if (at === undefined || at === null || Number.isNaN(Date.parse(at))) return markup`<span class="none-yet">–</span>`;
  return markup`<time datetime="${at}" title="${timeOf(at)}">${spanOf(nowMs - Date.parse(at))}</time>`;
}

/** @returns `2026-11-22 09:30`, as the house prints times. */
export function timeOf(at: string): string {
  return at.slice(0, 16).replace('T', ' ');
}

function spanOf(ms: number): string {
  if (ms < 10_000) return '刚刚';
  if (ms < minuteMs) return `${Math.floor(ms / 1000)} 秒前`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} 分钟前`;
  if (ms < 2 * dayMs) return `${Math.floor(ms / hourMs)} 小时前`;
  return `${Math.floor(ms / dayMs)} 天前`;
}
