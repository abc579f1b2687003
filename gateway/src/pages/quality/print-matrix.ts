/**
 * The first page of quality: what came, who is silent, and a matrix of systems by trades.
 */
import { type Content, markup } from '@hub/schema';

import { both, timeOf } from '../systems/words.ts';
import type { Cell, Matrix, Pulse, QualityRange } from './ask-quality.ts';
import { daysChart } from './charts.ts';
import { type Measure, count, gradeOf, measures, percent, rateOf, tradeEnglish, tradeName } from './words.ts';

/** @returns What stands on the page. */
export function printMatrix(
  { cells, days, pulses }: Matrix,
  { range, measure }: { readonly range: QualityRange; readonly measure: Measure },
): Content {
  const sum = (name: 'changes' | 'accepted' | 'refused' | 'waiting'): number =>
    cells.reduce((total, { figures }) => total + figures[name], 0);
  const silent = pulses.filter((pulse) => pulse.silent);
  return markup`<h1>${both('数据质量', 'Quality')}</h1>
<p class="ways">${daysWays('/quality', range.days, measure)}</p>
<p class="sum"><span>${range.from} 至 ${range.to}</span>${[
    ['变更', sum('changes')],
    ['接收', sum('accepted')],
    ['拒收', sum('refused')],
    ['等待', sum('waiting')],
  ].map(([words, number]) => markup`<span class="part">${words} <b>${count(Number(number))}</b></span>`)}</p>
${silent.length === 0 ? '' : markup`<section class="warn" role="status"><b>${both('沉默得反常', 'Silent where they never were')}</b><ul>${silent.map(silence)}</ul></section>`}
${cells.length === 0 ? markup`<p>${both('这段日子没有变更。', 'Nothing came on these days.')}</p>` : table(cells, range, measure)}
<section><h2>${both('逐日', 'Day by day')}</h2>${daysChart(days, range.from, range.to)}</section>`;
}

/** @returns Ways to other lengths of time. */
export function daysWays(path: string, days: number, measure: Measure): Content {
  return [7, 30, 90, 365].map(
    (other) =>
      markup`<a href="${path}?days=${other}&amp;measure=${measure}"${other === days ? markup` aria-current="true"` : ''}>${other} 日</a>`,
  );
}

function silence({ system, lastHour, missed }: Pulse): Content {
  const since = lastHour === undefined || lastHour === null ? '' : `自 ${timeOf(lastHour)} 起`;
  return markup`<li><b>${system.name ?? system.code}</b> ${since}没有变更，往常应有约 ${Math.round(Number(missed ?? 0))} 条。</li>`;
}

function table(cells: readonly Cell[], range: QualityRange, measure: Measure): Content {
  const named = new Map(cells.map((cell) => [cell.category, cell]));
  const trades = [...named.keys()].toSorted();
  const systems = Map.groupBy(cells, ({ system }) => system.code);
  const [, , , says] = measures.find(([name]) => name === measure) ?? ['', '', '', ''];
  return markup`<p class="ways">${measures.map(
    ([name, zh, en]) =>
      markup`<a href="/quality?days=${range.days}&amp;measure=${name}"${name === measure ? markup` aria-current="true"` : ''}>${zh} <span lang="en">${en}</span></a>`,
  )}</p><p class="note">${says}。目标 98%。</p>
<div class="wide"><table class="stack matrix"><caption class="unseen">各系统各交易类别 Systems by trades</caption>
<thead><tr><th scope="col">系统<br><span lang="en">System</span></th>${trades.flatMap((trade) => heading(named.get(trade)))}</tr></thead>
<tbody>${[...systems.values()].map((own) => row(own, trades, { range, measure }))}</tbody></table></div>`;
}

function heading(trade: Cell | undefined): readonly Content[] {
  return trade === undefined ? [] : [markup`<th scope="col">${tradeName(trade)}<br><span lang="en">${tradeEnglish(trade)}</span></th>`];
}

interface Shown {
  readonly range: QualityRange;
  readonly measure: Measure;
}

function row(own: readonly Cell[], trades: readonly string[], shown: Shown): Content {
  const [{ system } = { system: { code: '', name: '' } }] = own;
  return markup`<tr><th scope="row"><b>${system.name ?? system.code}</b>${(system.name ?? system.code) === system.code ? '' : markup`<span class="note"><code>${system.code}</code></span>`}</th>${trades.map(
    (trade) => {
      const cell = own.find(({ category }) => category === trade);
      return cell === undefined ? markup`<td class="empty"></td>` : square(cell, shown);
    },
  )}</tr>
`;
}

function square(cell: Cell, { range, measure }: Shown): Content {
  const rate = rateOf(cell, measure);
  const { system, category, figures } = cell;
  return markup`<td data-l="${tradeName(cell)}" class="is-${gradeOf(rate)}"><a href="/quality/${system.code}/${category === '' ? '-' : category}?days=${range.days}"><b>${percent(rate)}</b> <span class="note">${count(figures.changes)} 条${figures.refused === 0 ? '' : `，拒 ${count(figures.refused)}`}</span></a></td>`;
}
