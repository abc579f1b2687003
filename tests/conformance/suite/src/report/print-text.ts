/**
 * The report for a terminal: a line for each audit, then what failed in full, then the verdict.
 */
import type { Words } from '../audit.ts';
import { type Outcome, type Report, type Result, countsOf, verdictWords } from './report.ts';

const marks: Readonly<Record<Outcome, string>> = { passed: '✓', failed: '✗', skipped: '–' };

/** @returns One line on an audit that has ended. */
export function resultLine({ id, level, title, outcome, judged, broken, reasons, ms }: Result): string {
  const told =
    outcome === 'failed' ? `${broken}/${judged} 不合 broken` : outcome === 'passed' ? `${judged}` : `未判 not judged：${both(reasons[0])}`;
  return `${marks[outcome]} ${id.padEnd(10)} ${level.padEnd(6)} ${title.zh}  ${title.en}  [${told}, ${ms} ms]`;
}

/** @returns The whole report as lines of text. */
export function printText(report: Report): string {
  const { results, verdict, url, system, contracts, questions, rows, ms } = report;
  const counts = countsOf(results);
  const failed = results.filter(({ outcome }) => outcome === 'failed');
  const editions = [...new Set(contracts.map(({ edition }) => edition))].join('、');
  return [
    `合规检查 ${report.suite}  Conformance suite · ${url} · ${system || '?'} · ${report.startedAt}`,
    `契约 contracts：${contracts.map(({ name, version }) => `${name} ${version}`).join(', ') || '-'} · 标准 standard：${editions || '-'}`,
    '',
    ...results.map(resultLine),
    ...failed.flatMap((result) => ['', ...details(result)]),
    '',
    ...results.flatMap(({ id, remarks }) => remarks.map((remark) => `${id}：${both(remark)}`)),
    `${verdict === 'CONFORMANT' ? '✓' : '✗'} ${both(verdictWords[verdict])}：通过 passed ${counts.passed}，不通过 failed ${counts.failed}（MUST ${failed.filter(({ level }) => level === 'MUST').length}），未判 not judged ${counts.skipped}；${rows} 行 rows，${questions} 问 questions，${(ms / 1000).toFixed(1)} s`,
    '',
  ].join('\n');
}

function details({ id, level, title, proves, source, remedy, faults, judged, broken }: Result): readonly string[] {
  return [
    `✗ ${id} ${level} ${title.zh}  ${title.en}`,
    `  应当 what holds：${proves.zh}  ${proves.en}`,
    `  出处 written in：${source}`,
    `  办法 remedy：${remedy.zh}  ${remedy.en}`,
    `  ${broken}/${judged} 不合 broken${broken > faults.length ? `，先列 ${faults.length} 个 the first ${faults.length}` : ''}`,
    ...faults.flatMap(({ asked, answered, expected }, place) => [
      `  ${place + 1}. 问 asked    ${asked}`,
      `     答 answered ${answered}`,
      `     应 expected ${expected}`,
    ]),
  ];
}

/** Chinese first; said once where both are the same. */
function both(words: Words | undefined): string {
  if (words === undefined) return '';
  return words.zh === words.en ? words.zh : `${words.zh}  ${words.en}`;
}
