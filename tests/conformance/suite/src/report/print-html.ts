/**
 * The report as one page that needs nothing else: no script, no address outside, fit for a screen, a telephone and paper.
 */
import type { Fault, Words } from '../audit.ts';
import { pageStyle } from './page-style.ts';
import { type Outcome, type Report, type Result, countsOf, verdictWords } from './report.ts';

const outcomeWords: Readonly<Record<Outcome, Words>> = {
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '不通过', en: 'failed' },
  skipped: { zh: '未判', en: 'not judged' },
};

/** @returns A whole HTML document. */
export function printHtml(report: Report): string {
  const { url, system, contracts, verdict, results, startedAt, questions, rows, ms, suite } = report;
  const counts = countsOf(results);
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const families = Map.groupBy(results, ({ id }) => id.split('-')[0] ?? id);
  const editions = [...new Set(contracts.map(({ edition }) => edition))].join('、');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>合规检查：${text(system || url)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>合规检查 <span lang="en">Conformance report</span></h1>
<p class="verdict ${verdict === 'CONFORMANT' ? 'passed' : 'failed'}">${words(verdictWords[verdict])}</p>
<dl>
<div><dt>系统 <span lang="en">System</span></dt><dd><code>${text(system || '-')}</code></dd></div>
<div><dt>端点 <span lang="en">Endpoint</span></dt><dd><code>${text(url)}</code></dd></div>
<div><dt>时间 <span lang="en">Time</span></dt><dd>${text(startedAt)}，${(ms / 1000).toFixed(1)} s</dd></div>
<div><dt>依据 <span lang="en">Judged by</span></dt><dd>${rows} 行 rows，${questions} 问 questions，套件 suite ${text(suite)}</dd></div>
<div><dt>标准 <span lang="en">Standard</span></dt><dd>${text(editions || '-')}</dd></div>
<div><dt>契约 <span lang="en">Contracts</span></dt><dd>${contracts.map(({ name, title, version }) => `${text(title)} <code>${text(name)} ${text(version)}</code>`).join('<br>') || '-'}</dd></div>
</dl>
<ul class="counts">${(['passed', 'failed', 'skipped'] as const).map((outcome) => `<li class="${outcome}"><b>${counts[outcome]}</b> ${words(outcomeWords[outcome])}</li>`).join('')}</ul>
</header>
<main>
${failed.length === 0 ? '' : `<section aria-labelledby="failed"><h2 id="failed">不通过的 <span lang="en">What failed</span></h2>${failed.map(failure).join('')}</section>`}
<section aria-labelledby="all"><h2 id="all">全部检查 <span lang="en">All audits</span></h2>
${[...families].map(([family, own]) => table(family, own)).join('\n')}
</section>
</main>
</body>
</html>
`;
}

function failure({ id, level, title, proves, source, remedy, judged, broken, faults }: Result): string {
  return `<article id="${text(id)}">
<h3><code>${text(id)}</code> <span class="level">${level}</span> ${words(title)}</h3>
<p>${words(proves)}</p>
<p><b>办法 <span lang="en">Remedy</span></b>　${words(remedy)}</p>
<p class="small">${text(source)} · ${broken}/${judged} 不合 broken${broken > faults.length ? `，先列 the first ${faults.length}` : ''}</p>
${faults.map(faultBlock).join('')}
</article>`;
}

function faultBlock({ asked, answered, expected }: Fault): string {
  return `<dl class="fault"><div><dt>问 asked</dt><dd><code>${text(asked)}</code></dd></div><div><dt>答 answered</dt><dd><code>${text(answered)}</code></dd></div><div><dt>应 expected</dt><dd><code>${text(expected)}</code></dd></div></dl>`;
}

function table(family: string, results: readonly Result[]): string {
  return `<table><caption>${text(family)}</caption>
<thead><tr><th scope="col">编号 <span lang="en">Id</span></th><th scope="col">检查 <span lang="en">Audit</span></th><th scope="col">结果 <span lang="en">Result</span></th></tr></thead>
<tbody>${results.map(tableRow).join('')}</tbody></table>`;
}

function tableRow({ id, level, title, outcome, judged, broken, reasons, remarks }: Result): string {
  const count = outcome === 'failed' ? `${broken}/${judged}` : outcome === 'passed' ? String(judged) : '';
  const named = outcome === 'failed' ? `<a href="#${text(id)}"><code>${text(id)}</code></a>` : `<code>${text(id)}</code>`;
  const more = [...(outcome === 'passed' ? [] : reasons), ...remarks].map((one) => `<p class="small">${words(one)}</p>`).join('');
  return `<tr class="${outcome}"><td>${named}<br><span class="level">${level}</span></td><td>${words(title)}${more}</td><td class="outcome">${words(outcomeWords[outcome])}<br><span class="small">${count}</span></td></tr>`;
}

function words({ zh, en }: Words): string {
  return zh === en ? text(zh) : `${text(zh)} <span lang="en">${text(en)}</span>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function text(value: string): string {
  return value.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
