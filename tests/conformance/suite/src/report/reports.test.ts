import { describe, expect, test } from 'vitest';

import { isReportForm, reportForms } from './print-report.ts';
import { type Report, type Result, verdictOf } from './report.ts';

const words = { zh: '题', en: 'title' };
const result = (change: Partial<Result>): Result => ({
  id: 'SDL-001',
  level: 'MUST',
  title: words,
  proves: { zh: '证明', en: 'proves' },
  source: 'PROTOCOL.md 9',
  remedy: { zh: '改', en: 'mend' },
  outcome: 'passed',
  judged: 3,
  broken: 0,
  faults: [],
  reasons: [],
  remarks: [],
  ms: 12,
  ...change,
});
const evil = '<script>alert("&\u0000")</script>';
const failed = result({
  id: 'ERR-003',
  outcome: 'failed',
  judged: 9,
  broken: 7,
  faults: [{ asked: '{ __typename }', answered: evil, expected: 'data' }],
});
const report = (results: readonly Result[]): Report => ({
  format: 'hub-conformance',
  version: 1,
  suite: '1.1.0',
  url: 'http://127.0.0.1:4001/graphql',
  system: 'toy-east',
  contracts: [{ name: 'board', title: '交易公告与成交', version: '1.0.0', edition: 'V2.0' }],
  startedAt: '2026-11-22T09:00:00+08:00',
  ms: 2500,
  questions: 40,
  rows: 20,
  verdict: verdictOf(results, false),
  results,
});

describe('the verdict', () => {
  test('is good when no MUST failed and something was judged', () => {
    expect(verdictOf([result({}), result({ level: 'SHOULD', outcome: 'failed' }), result({ outcome: 'skipped' })], false)).toBe(
      'CONFORMANT',
    );
  });
  test('is bad when a MUST failed, whatever else there is', () => {
    expect(verdictOf([result({}), failed], true)).toBe('NOT_CONFORMANT');
  });
  test('is none when nothing was judged, or there were no rows to judge by', () => {
    expect([verdictOf([], false), verdictOf([result({ outcome: 'skipped' })], false), verdictOf([result({})], true)]).toEqual([
      'NOT_JUDGED',
      'NOT_JUDGED',
      'NOT_JUDGED',
    ]);
  });
});

describe('a printed report', () => {
  const all = report([
    result({}),
    failed,
    result({ id: 'LAT-001', level: 'SHOULD', outcome: 'failed', broken: 1 }),
    result({ id: 'SIGN-001', outcome: 'skipped', judged: 0, reasons: [words] }),
  ]);

  test('as text has a line for each audit, what failed in full, and the verdict last', () => {
    const lines = reportForms.text(all).trimEnd().split('\n');
    expect(
      lines.filter((line) => /^[✓✗–] [A-Z]+-\d{3}\s+(MUST|SHOULD) .*ms\]$/.test(line)).map((line) => line.slice(0, 10).trim()),
    ).toEqual(['✓ SDL-001', '✗ ERR-003', '✗ LAT-001', '– SIGN-001']);
    expect(lines.join('\n')).toContain('办法 remedy：改  mend');
    expect(lines.at(-1)).toBe(
      '✗ 不合规  not conformant：通过 passed 1，不通过 failed 2（MUST 1），未判 not judged 1；20 行 rows，40 问 questions，2.5 s',
    );
  });

  test('as JSON is the report, its counts beside', () => {
    expect(JSON.parse(reportForms.json(all))).toEqual({ ...all, counts: { passed: 1, failed: 2, skipped: 1 } });
  });

  test('as JUnit counts MUST alone as failures, and is XML whatever was answered', () => {
    const xml = reportForms.junit(all);
    expect(xml).toContain('tests="4" failures="1"');
    expect(xml.match(/<failure /g)?.length).toBe(1);
    expect(xml).toContain('&lt;script&gt;alert(&quot;&amp;\uFFFD&quot;)&lt;/script&gt;');
    expect(xml).not.toContain('\u0000');
  });

  test('as JUnit fails where nothing could be judged', () => {
    expect(reportForms.junit(report([result({ outcome: 'skipped' })]))).toContain('failures="1"');
  });

  test('as a page runs nothing and loads nothing', () => {
    const html = reportForms.html(all);
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(/i);
    expect(html).toContain('&lt;script&gt;');
    expect(html.match(/<tr class=/g)?.length).toBe(4);
  });

  test('has one of the known forms', () => {
    expect(['text', 'json', 'junit', 'html', 'xml', 'toString'].map(isReportForm)).toEqual([true, true, true, true, false, false]);
  });
});
