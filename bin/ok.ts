/**
 * `npm run ok`: everything that keeps the house, one step after the other. Every step runs, so that one run tells all.
 * @see design/style.md «One command»
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const steps = [
  { name: '类型 types', command: ['tsc', '--noEmit'] },
  { name: '规则 lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: '格式 format', command: ['oxfmt', '--check'] },
  { name: '废弃代码 unused', command: ['knip'] },
  { name: '家规 house', command: ['vitest', 'run', 'tests/house', '--reporter=dot'] },
] as const;

const failed = steps.filter(({ name, command: [program, ...words] }) => {
  const startedMs = performance.now();
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${status === 0 ? '✓' : '✗'} ${name} ${seconds} s`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status !== 0;
});

if (failed.length > 0) {
  console.error(`未通过 failed: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
