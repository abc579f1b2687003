/**
 * What `npm run prove` measured, written to `tests/results/` with the day, the commit and the machine it was measured on.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

import { root } from './repository.ts';
import { proving } from './sizes.ts';

const gibibyte = 1 << 30;

/**
 * Writes figures to `tests/results/NAME.json`; does nothing in `npm test`, whose small sizes prove nothing.
 * @param figures - Names with their unit (`pageP95Ms`) and values, nested as they belong together.
 */
export async function recordFigures(name: string, figures: Readonly<Record<string, unknown>>): Promise<void> {
  if (!proving) return;
  const folder = join(root, 'tests/results');
  await mkdir(folder, { recursive: true });
  const written = { name, measuredAt: new Date().toISOString(), commit: commit(), machine: machine(), figures };
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(written, undefined, 2)}\n`);
}

// A tree that differs from its commit says so: such figures cannot be measured again.
function commit(): string {
  const git = (...words: readonly string[]): string => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', '.', ':!tests/results');
  return `${git('rev-parse', 'HEAD')}${changed === '' ? '' : ' with changes'}`;
}

function machine(): Readonly<Record<string, unknown>> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / gibibyte),
    // Without what a distribution or a host adds to the kernel's number.
    system: `${platform()} ${release().replace(/-.*$/, '')} ${arch()}`,
    node: process.versions.node,
  };
}
