/**
 * The measured rows as a table for people.
 */
import { type Ratios, ratiosOf } from './aims.ts';
import { scenes, type SceneName } from './contestants.ts';
import type { Result, Row } from './rows.ts';

const titles: Readonly<Record<SceneName, string>> = {
  unlike: '各不相同的请求（约 87 kB）  No two requests alike (about 87 kB)',
  same: '相同的请求（约 87 kB）  Identical requests (about 87 kB)',
  chinese: '中文，各不相同  Chinese, no two alike',
  small: '小查询，5 行  Small, 5 rows',
  wide: '宽查询，1,000 行  Wide, 1,000 rows',
  cold: '从未问过的操作，一个接一个  Operations never asked before, one after the other',
  scatter: '26 个系统的一页 20 条，各不相同  A page of 20 across 26 systems, no two alike',
};

const heads = ['次/秒 req/s', 'CPU ms/次 req', '次/核秒 req/core-s', 'p50 ms', 'p99 ms', '另一核占用 other core', '错误 faults'] as const;

/** @returns Lines of Markdown, a table for each scene. */
export function tableLines(rows: readonly Row[]): readonly string[] {
  const lines: string[] = [];
  for (const scene of Object.keys(scenes).filter((name): name is SceneName => name in titles)) {
    const measured = rows.filter((row) => row.scenes?.[scene] !== undefined);
    if (measured.length === 0) continue;
    lines.push('', `### ${titles[scene]}`, '', `| | ${heads.join(' | ')} |`, `|---|${'---:|'.repeat(heads.length)}`);
    for (const { zh, en, scenes: inScenes } of measured) {
      const result = inScenes?.[scene];
      if (result !== undefined) lines.push(`| ${zh} ${en === zh ? '' : en} | ${cells(result).join(' | ')} |`);
    }
  }
  lines.push(
    '',
    '### 启动与内存  Start and memory',
    '',
    '| | 首次请求 first ms | 子图请求 fetches | 内存 PSS MiB |',
    '|---|---:|---:|---:|',
  );
  for (const { zh, en, notMeasured, firstMs, fetches, memoryMiB } of rows) {
    const told = notMeasured === undefined ? `${firstMs} | ${fetches} | ${memoryMiB}` : `未测量 not measured: ${notMeasured} | |`;
    lines.push(`| ${zh} ${en === zh ? '' : en} | ${told} |`);
  }
  lines.push(
    '',
    '### 与目标相比  Beside the aims',
    '',
    ...Object.entries(ratiosOf(rows)).flatMap(([name, ratios]) => ratioLines(name, ratios)),
  );
  return lines.slice(1);
}

function ratioLines(name: string, ratios: Ratios): readonly string[] {
  return Object.entries(ratios).map(([what, ratio]) => `- ${name} ${what}: ${String(ratio)}`);
}

function cells(result: Result): readonly string[] {
  const { requestsPerSecond, cpuMsPerRequest, perCoreSecond, p50Ms, p99Ms, otherCoreShare, errors, differing, compared } = result;
  const faults = errors + differing === 0 ? `0 / ${compared}` : `**${errors} + ${differing} / ${compared}**`;
  const share = `${Math.round(otherCoreShare * 100)} %`;
  return [...[requestsPerSecond, cpuMsPerRequest, perCoreSecond, p50Ms, p99Ms].map(String), share, faults];
}
