/**
 * The report as JUnit XML, which every build server shows: a suite for each family, a case for each audit. A SHOULD or MAY that
 * failed does not fail a build; it is told in the case's output.
 */
import { isXmlText } from '@hub/schema';

import { type Report, type Result, countsOf } from './report.ts';

/** @returns An XML document. */
export function printJunit({ results, url, system, ms, verdict }: Report): string {
  const families = Map.groupBy(results, ({ id }) => id.split('-')[0] ?? id);
  const suites = [...families].map(([family, own]) => {
    const { skipped } = countsOf(own);
    const cases = own.map((result) => testCase(result, family)).join('\n');
    return `  <testsuite name="${text(family)}" tests="${own.length}" failures="${failuresOf(own)}" skipped="${skipped}" time="${seconds(own.reduce((sum, one) => sum + one.ms, 0))}">\n${cases}\n  </testsuite>`;
  });
  // Where nothing could be judged all cases are skipped, which builds take for success.
  const nothing =
    verdict === 'NOT_JUDGED'
      ? '  <testsuite name="SUITE" tests="1" failures="1"><testcase classname="SUITE" name="判断 judged"><failure message="无从判断 nothing could be judged"/></testcase></testsuite>\n'
      : '';
  const failures = failuresOf(results) + (nothing === '' ? 0 : 1);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${text(`conformance ${system} ${url}`)}" tests="${results.length}" failures="${failures}" time="${seconds(ms)}">\n${nothing}${suites.join('\n')}\n</testsuites>\n`;
}

function testCase({ id, level, title, outcome, faults, reasons, remarks, remedy, source, ms }: Result, family: string): string {
  const head = `    <testcase classname="${text(family)}" name="${text(`${id} ${level} ${title.zh} ${title.en}`)}" time="${seconds(ms)}">`;
  const told = faults.map(({ asked, answered, expected }) => `asked: ${asked}\nanswered: ${answered}\nexpected: ${expected}`).join('\n\n');
  const advice = `${source}\n${remedy.zh}\n${remedy.en}\n\n${told}`;
  const parts = [
    outcome === 'skipped' ? `<skipped message="${text(reasons.map(({ zh, en }) => `${zh} ${en}`).join('; '))}"/>` : '',
    outcome === 'failed' && level === 'MUST' ? `<failure message="${text(title.zh)}">${text(advice)}</failure>` : '',
    outcome === 'failed' && level !== 'MUST' ? `<system-out>${text(advice)}</system-out>` : '',
    outcome !== 'failed' && remarks.length > 0 ? `<system-out>${text(remarks.map(({ en }) => en).join('\n'))}</system-out>` : '',
  ];
  return `${head}${parts.join('')}</testcase>`;
}

function failuresOf(results: readonly Result[]): number {
  return results.filter(({ outcome, level }) => outcome === 'failed' && level === 'MUST').length;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What endpoints answer may hold characters that XML has no place for. */
function text(value: string): string {
  const fit = isXmlText(value) ? value : [...value].map((character) => (isXmlText(character) ? character : '\uFFFD')).join('');
  return fit.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
