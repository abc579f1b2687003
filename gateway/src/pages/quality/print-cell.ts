/**
 * One cell of the matrix: five measures, stages of lots, times, datasets, and for government which rules were broken.
 */
import { type Content, markup } from '@hub/schema';

import { both } from '../systems/words.ts';
import type { CellPlace, CellTold, DetailedCell } from './ask-quality.ts';
import { daysChart, timeChart } from './charts.ts';
import { daysWays } from './print-matrix.ts';
import { count, datasetName, gradeOf, measures, percent, rateOf, stageName, tradeEnglish, tradeName } from './words.ts';

/** @returns What stands on the page; null: the cell has nothing in these days. */
export function printCell(told: CellTold | null, place: CellPlace): Content {
  const path = `/quality/${place.system}/${place.category === '' ? '-' : place.category}`;
  const trade = told?.cell ?? place;
  const head = markup`<p class="back"><a href="/quality?days=${place.days}">← ${both('数据质量', 'Quality')}</a></p>
<h1>${told?.cell.system.name ?? place.system} · ${both(tradeName(trade), tradeEnglish(trade))}</h1>
<p class="ways">${daysWays(path, place.days, 'conformity')}</p>`;
  if (told === null) return markup`${head}<p>${both('这段日子没有变更。', 'Nothing came on these days.')}</p>`;
  const { cell, days } = told;
  return markup`${head}
<ul class="measures">${measures.map(([name, zh, en, says]) => {
    const rate = rateOf(cell, name);
    return markup`<li class="is-${gradeOf(rate)}"><span>${zh} <span lang="en">${en}</span></span><b>${percent(rate)}</b><span class="note">${says}</span></li>`;
  })}</ul>
<section><h2>${both('逐日', 'Day by day')}</h2>${daysChart(days, place.from, place.to)}</section>
<section><h2>${both('及时', 'Timeliness')}</h2>${timeChart(cell.figures)}</section>
${stageSection(cell)}
<section><h2>${both('数据集', 'Datasets')}</h2>${datasetTable(cell)}</section>
${violationSection(cell)}`;
}

function stageSection({ stages }: DetailedCell): Content {
  const most = Math.max(0, ...stages.map(({ lots }) => lots));
  if (most === 0) return '';
  return markup`<section><h2>${both('已有结果的标段，各阶段', 'Stages of lots with an outcome')}</h2><ul class="stages">${stages.map(
    ({ stage, lots, expected }) =>
      markup`<li><span>${stageName(stage)}${expected ? '' : markup`<span class="note">不必都有</span>`}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${lots} / ${most}"><rect class="back" width="100" height="10"/><rect class="${expected ? 'wanted' : 'extra'}" width="${Math.round((lots / most) * 1000) / 10}" height="10"/></svg><b>${count(lots)}</b></li>`,
  )}</ul></section>`;
}

function datasetTable({ datasets }: DetailedCell): Content {
  return markup`<table class="stack"><thead><tr><th scope="col">数据集<br><span lang="en">Dataset</span></th><th scope="col" class="number">变更</th><th scope="col" class="number">接收</th><th scope="col" class="number">拒收</th><th scope="col" class="number">已改正</th><th scope="col" class="number">合规</th><th scope="col" class="number">准确</th><th scope="col" class="number">及时</th></tr></thead>
<tbody>${datasets.map(({ dataset, figures }) => {
    const rates = (['conformity', 'accuracy', 'timeliness'] as const).map((name) => rateOf({ figures, completeness: null }, name));
    return markup`<tr><th scope="row"><b>${datasetName(dataset)}</b><span class="note"><code>${dataset}</code></span></th><td class="number" data-l="变更">${count(figures.changes)}</td><td class="number" data-l="接收">${count(figures.accepted)}</td><td class="number" data-l="拒收">${count(figures.refused)}</td><td class="number" data-l="已改正">${count(figures.repaired)}</td>${['合规', '准确', '及时'].map((words, index) => markup`<td class="number" data-l="${words}"><span class="grade is-${gradeOf(rates[index])}">${percent(rates[index])}</span></td>`)}</tr>
`;
  })}</tbody></table>`;
}

function violationSection({ violations: open, restrictedViolations }: DetailedCell): Content {
  const heading = markup`<h2>${both('违反的规则', 'Rules that were broken')}</h2>`;
  if (open === undefined || open === null) {
    return markup`<section>${heading}<p class="note">政务用户可见。<span lang="en">For government users.</span></p></section>`;
  }
  const violations = [...open, ...restrictedViolations].toSorted((a, b) => b.changes - a.changes);
  if (violations.length === 0) return markup`<section>${heading}<p>${both('没有。', 'None.')}</p></section>`;
  return markup`<section>${heading}<table class="stack"><thead><tr><th scope="col">规则<br><span lang="en">Rule</span></th><th scope="col">数据集<br><span lang="en">Dataset</span></th><th scope="col">字段<br><span lang="en">Field</span></th><th scope="col" class="number">变更<br><span lang="en">Changes</span></th></tr></thead>
<tbody>${violations.map(
    ({ dataset, rule, field, severity, changes, messageZh, messageEn }) =>
      markup`<tr><th scope="row"><span class="mark ${severity === 'REFUSAL' ? 'RESTRICTED' : 'GOVERNMENT'}">${severity === 'REFUSAL' ? '拒' : '警'}</span> ${both(messageZh ?? rule, messageEn ?? '')}<span class="note"><code>${rule}</code></span></th><td data-l="数据集">${datasetName(dataset)}</td><td data-l="字段"><code>${field === '' ? '（整条记录）' : field}</code></td><td class="number" data-l="变更">${count(changes)}</td></tr>
`,
  )}</tbody></table></section>`;
}
