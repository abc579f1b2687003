/**
 * One system’s own page: how it stands, its versions and its past, as far as the caller may see. What a caller may not see was
 * not asked for, and leaves no trace.
 */
import { type Content, markup } from '@hub/schema';

import { checkText, standingMark, stepList } from './parts.ts';
import type { Detailed } from './registered.ts';
import type { ShownSystem } from './standing.ts';
import { agoOf, both, eventOf, timeOf, titleOf } from './words.ts';

/** @returns What stands on the page. */
export function printSystem(system: ShownSystem, detailed: Detailed | undefined, nowMs: number): Content {
  const { code, name, contracts, receivedAt, lastContactAt } = system;
  return markup`<p class="back"><a href="/systems">← ${both('全部交易系统', 'All systems')}</a></p>
<h1>${name} <code>${code}</code></h1>
<div data-live="facts"><dl class="facts">
<dt>${both('状态', 'State')}</dt><dd>${standingMark(system, nowMs)}</dd>
<dt>${both('接入进度', 'Onboarding')}</dt><dd>${stepList(system)}</dd>
${fact('英文名称', 'English name', detailed?.nameEn)}${fact('运营单位', 'Owner', detailed?.owner)}${fact('统一社会信用代码', 'Credit code', detailed?.ownerCode)}${fact('所在地', 'Home', detailed?.region?.name)}${fact('平台标识码', 'Platform codes', detailed?.platformCodes?.join('、'))}${fact('接口主机', 'Endpoint host', detailed?.endpointHost)}
<dt>${both('契约', 'Contracts')}</dt><dd>${contracts.map(titleOf).join('、')}</dd>
<dt>${both('最近入库', 'Newest record')}</dt><dd>${withTime(receivedAt, nowMs)}</dd>
<dt>${both('最近答复', 'Last contact')}</dt><dd>${withTime(lastContactAt, nowMs)}</dd>
${detailed?.check ? markup`<dt>${both('现行版本的检查', 'Check')}</dt><dd>${checkText(detailed.check, nowMs)}</dd>` : ''}${detailed?.registeredAt ? markup`<dt>${both('登记时间', 'Registered')}</dt><dd>${timeOf(detailed.registeredAt)}</dd>` : ''}${detailed?.keyValidUntil ? markup`<dt>${both('密钥有效期至', 'Keys good until')}</dt><dd>${timeOf(detailed.keyValidUntil)}</dd>` : ''}
</dl></div>
<div data-live="past">${versions(detailed)}${checks(detailed, nowMs)}${past(detailed)}</div>`;
}

function fact(zh: string, en: string, value: string | null | undefined): Content {
  return value === undefined || value === null || value === '' ? '' : markup`<dt>${both(zh, en)}</dt><dd>${value}</dd>\n`;
}

function withTime(at: string | undefined, nowMs: number): Content {
  return at === undefined ? agoOf(at, nowMs) : markup`${agoOf(at, nowMs)}（${timeOf(at)}）`;
}

function versions(detailed: Detailed | undefined): Content {
  if (detailed === undefined) return '';
  const told = detailed.versions ?? [];
  const rows = told.map(
    ({ number, publishedAt, contracts, sha256, current }) =>
      markup`<tr><th scope="row"><b>${number}</b>${current ? markup` <span class="mark is-answering">现行 <span lang="en">in force</span></span>` : ''}</th><td data-l="发布">${timeOf(publishedAt)}</td><td data-l="契约">${contracts.map(titleOf).join('、')}</td><td data-l="SDL"><code title="${sha256}">${sha256.slice(0, 12)}</code></td></tr>`,
  );
  return markup`<section><h2>${both('版本', 'Versions')}</h2>${
    rows.length === 0
      ? markup`<p>${both('尚未提交 SDL。', 'No SDL yet.')}</p>`
      : markup`<table class="stack"><thead><tr><th scope="col">版本号</th><th scope="col">发布时间</th><th scope="col">契约</th><th scope="col">SDL 的 SHA-256</th></tr></thead><tbody>${rows}</tbody></table>`
  }</section>`;
}

function checks(detailed: Detailed | undefined, nowMs: number): Content {
  const told = detailed?.checks ?? [];
  if (told.length === 0) return '';
  return markup`<section><h2>${both('最近的检查（含试检）', 'Latest checks, dry runs among them')}</h2><ul class="plain-list">${told.map((check) => markup`<li>${checkText(check, nowMs)}</li>`)}</ul></section>`;
}

function past(detailed: Detailed | undefined): Content {
  const told = detailed?.events ?? [];
  if (told.length === 0) return '';
  return markup`<section><h2>${both('经过', 'What happened')}</h2><ol class="events">${told.map(
    ({ at, what, version, reason }) =>
      markup`<li><time datetime="${at}">${timeOf(at)}</time> ${eventOf(what)}${typeof version === 'number' && what !== 'REGISTERED' ? markup` · ${both(`版本 ${version}`, '')}` : ''}${reason ? markup` · ${reason}` : ''}</li>`,
  )}</ol></section>`;
}
