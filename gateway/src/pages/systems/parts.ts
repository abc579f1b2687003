/**
 * Pieces that the list and a system’s own page share.
 */
import { markup, type Content, type Markup } from '@hub/schema';

import type { Registered } from './registered.ts';
import { type ShownSystem, stepsOf } from './standing.ts';
import { agoOf, both, reasonOf, standings, timeOf } from './words.ts';

/** @returns The standing as a mark, with the reason and since when. */
export function standingMark({ standing, away, unsteady }: ShownSystem, nowMs: number): Markup {
  const [, zh, en] = standings.find(([name]) => name === standing) ?? [standing, '', ''];
  const mark = markup`<span class="mark is-${standing}">${zh} <span lang="en">${en}</span></span>`;
  if (away !== undefined) {
    const { since } = away;
    return markup`${mark}<span class="note">${reasonOf(away.reason)}${since === undefined ? '' : markup`，自 <time datetime="${since}">${timeOf(since)}</time> 起（${agoOf(since, nowMs)}）`}</span>`;
  }
  return unsteady ? markup`${mark}<span class="note">${both('部分网关得不到答复', 'some gateways get no answer')}</span>` : mark;
}

/** @returns The way into the graph, five steps; nothing is known while the registry is away. */
export function stepList(system: ShownSystem): Content {
  const steps = stepsOf(system);
  if (steps === undefined) return markup`<span class="none-yet">–</span>`;
  const done = steps.filter((step) => step.done).length;
  return markup`<ol class="steps" aria-label="接入进度 ${done}/${steps.length}">${steps.map(
    (step) =>
      markup`<li class="${step.done ? 'done' : 'ahead'}" title="${step.en}"><span aria-hidden="true">${step.done ? '✓' : '·'}</span>${step.zh}<span class="unseen">${step.done ? '（已完成）' : '（未完成）'}</span></li>`,
  )}</ol>`;
}

/** @returns A check in figures. */
export function checkText(check: Registered['check'], nowMs: number): Content {
  if (check === undefined || check === null) return markup`<span class="none-yet">–</span>`;
  const { passed, refusals, warnings, checkedAt } = check;
  const found = refusals + warnings === 0 ? '无问题' : `拒收 ${refusals}，提示 ${warnings}`;
  return markup`<span class="mark ${passed ? 'is-answering' : 'is-away'}">${passed ? '通过' : '未通过'} <span lang="en">${passed ? 'passed' : 'refused'}</span></span><span class="note">${found}，${agoOf(checkedAt, nowMs)}</span>`;
}

/** @returns The version in force and when it was published. */
export function versionText(registered: Registered | undefined, nowMs: number): Content {
  const { version, versionPublishedAt } = registered ?? {};
  if (version === undefined || version === null) return markup`<span class="none-yet">–</span>`;
  return markup`<b>${version}</b><span class="note">${agoOf(versionPublishedAt, nowMs)}</span>`;
}
