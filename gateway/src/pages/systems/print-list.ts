/**
 * The list of all systems: a line that sums up, ways to narrow it, a row for each.
 */
import { type Content, markup } from '@hub/schema';

import { checkText, standingMark, stepList, versionText } from './parts.ts';
import type { ShownSystem } from './standing.ts';
import { agoOf, both, standings, titleOf } from './words.ts';

/** @returns What stands on the page. */
export function printList(systems: readonly ShownSystem[], nowMs: number): Content {
  const contracts = [...new Set(systems.flatMap((system) => system.contracts))].toSorted();
  return markup`<h1>交易系统 <span class="en" lang="en">Trading systems</span></h1>
<p class="sum" data-live="sum"><span>共 <b>${systems.length}</b> 个系统</span>${standings.map(([name, zh]) => countOf(systems, name, zh))}</p>
<form class="filter" role="search" hidden>
<label>查找 <input type="search" name="q" placeholder="名称、代码、运营单位" autocomplete="off" spellcheck="false"></label>
<label>状态 <select name="state"><option value="">全部</option>${standings.map(([name, zh]) => markup`<option value="${name}">${zh}</option>`)}</select></label>
<label>契约 <select name="contract"><option value="">全部</option>${contracts.map((name) => markup`<option value="${name}">${titleOf(name)}</option>`)}</select></label>
<output aria-live="polite"></output>
</form>
<table class="stack list">
<caption class="unseen">全部交易系统 All trading systems</caption>
<thead><tr><th scope="col">系统<br><span lang="en">System</span></th><th scope="col">状态<br><span lang="en">State</span></th><th scope="col">接入进度<br><span lang="en">Onboarding</span></th><th scope="col">版本<br><span lang="en">Version</span></th><th scope="col">检查<br><span lang="en">Check</span></th><th scope="col" title="最近一条公告（或登记记录）入库以来">最近入库<br><span lang="en">Newest record</span></th><th scope="col">最近答复<br><span lang="en">Last contact</span></th><th scope="col">契约<br><span lang="en">Contracts</span></th></tr></thead>
<tbody data-live="rows">${systems.map((system) => row(system, nowMs))}</tbody>
</table>`;
}

function countOf(systems: readonly ShownSystem[], name: string, zh: string): Content {
  const count = systems.filter(({ standing }) => standing === name).length;
  // Whoever is never missing is not told of nobody.
  if (count === 0 && name !== 'answering' && name !== 'away') return '';
  return markup`<span class="part"><span class="dot is-${name}" aria-hidden="true"></span>${zh} <b>${count}</b></span>`;
}

function row(system: ShownSystem, nowMs: number): Content {
  const { code, name, registered, receivedAt, contracts, standing, lastContactAt } = system;
  const owner = registered?.owner ?? '';
  const found = [code, name, registered?.nameEn ?? '', owner].join(' ').toLowerCase();
  return markup`<tr data-state="${standing}" data-contracts="${contracts.join(' ')}" data-text="${found}">
<th scope="row"><a href="/systems/${code}"><b>${name}</b></a><span class="note"><code>${code}</code>${owner === '' || owner === name ? '' : ` · ${owner}`}</span></th>
<td data-l="状态">${standingMark(system, nowMs)}</td>
<td data-l="接入">${stepList(system)}</td>
<td data-l="版本">${versionText(registered, nowMs)}</td>
<td data-l="检查">${checkText(registered?.check, nowMs)}</td>
<td data-l="最近入库">${agoOf(receivedAt, nowMs)}</td>
<td data-l="最近答复">${agoOf(lastContactAt, nowMs)}</td>
<td data-l="契约" class="contracts">${contractsText(contracts)}</td></tr>
`;
}

/** Many are folded: their number says enough at a glance. */
function contractsText(contracts: readonly string[]): Content {
  const titles = contracts.map(titleOf).join('、');
  if (contracts.length <= 3) return titles;
  return markup`<details><summary>${both(`${contracts.length} 项`, 'contracts')}</summary>${titles}</details>`;
}
