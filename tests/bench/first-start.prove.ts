/**
 * `npm start` in a fresh clone, as a newcomer types it: how long the first start takes with the packages in the machine's
 * cache, how long later ones, and how much memory everything takes. Aims: 60 s, 5 s, 1.5 GB.
 * @see README «Two commands»
 */
import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';

import { expect, test, vi } from 'vitest';

import { type HubProcess, living, runStart } from '../support/hub-process.ts';
import { commandOf, pssBytes } from '../support/process-usage.ts';
import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { openAsker } from './clients.ts';
import { patience, rounded, several } from './stopwatch.ts';

const rounds = 3;
const questions = 300;
const questioners = 8;
const mebibyte = 1 << 20;

const asked = [
  '{ notices(first: 20) { nodes { title publishedAt system { name } } totalCount coverage { complete } } }',
  '{ deals(first: 20) { nodes { title winners { name } price { yuan } } totalCount } }',
  '{ dealStatistics(by: [SYSTEM, MONTH], partial: true) { groups { key { code } deals price } } }',
] as const;

/** What one start took. */
interface Start {
  readonly seconds: number;
  readonly memoryMiB: Readonly<Record<string, number>>;
}

test('a fresh clone starts, ends without a trace, starts again, and starts after kill -9', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'hub-clone-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  const firstStarts: Start[] = [];
  const laterStarts: Start[] = [];
  const loaded: Start['memoryMiB'][] = [];
  for (let round = 0; round <= rounds; round++) {
    const clone = join(folder, `hub${round}`);
    execFileSync('git', ['clone', '--quiet', root, clone]);
    const first = await started(clone, opened);
    expect(await leftByInterrupt(first.hub), 'processes after Ctrl-C').toEqual([]);
    const later = await started(clone, opened);
    const atWork = await askedMuch(later.hub);
    expect(await leftByKill(later.hub), 'processes after kill -9').toEqual([]);
    const afterKill = await started(clone, opened);
    expect(await leftByInterrupt(afterKill.hub), 'processes after Ctrl-C').toEqual([]);
    await rm(clone, { recursive: true });
    // The first round only fills the caches.
    if (round === 0) continue;
    firstStarts.push(first.start);
    laterStarts.push(later.start, afterKill.start);
    loaded.push(atWork);
  }
  await recordFigures('first-start', { loadAtStart, firstStarts, laterStarts, memoryMiBAfterQuestions: loaded, questions, questioners });
});

async function started(clone: string, opened: AsyncDisposableStack): Promise<{ readonly hub: HubProcess; readonly start: Start }> {
  const startedMs = performance.now();
  const hub = opened.use(runStart('npm', ['start'], { cwd: clone, env: newcomersEnvironment() }));
  await hub.ready;
  const seconds = rounded((performance.now() - startedMs) / 1000);
  return { hub, start: { seconds, memoryMiB: memoryOf(hub) } };
}

/** @returns Processes that live on after Ctrl-C. */
async function leftByInterrupt(hub: HubProcess): Promise<readonly number[]> {
  const processes = hub.family();
  hub.interrupt();
  await hub.ended;
  return living(processes);
}

/** @returns Processes that live on a while after `kill -9` of the main process (not of npm above it). */
async function leftByKill(hub: HubProcess): Promise<readonly number[]> {
  const processes = hub.family();
  const main = processes.find((pid) => isMain(commandOf(pid)));
  if (main === undefined) throw new Error('there is no main process');
  process.kill(main, 'SIGKILL');
  await hub.ended;
  await vi.waitUntil(() => living(processes).length === 0, { timeout: 60_000 }).catch(() => {});
  return living(processes);
}

async function askedMuch(hub: HubProcess): Promise<Start['memoryMiB']> {
  await using client = openAsker(`${await hub.ready}/graphql`);
  let turn = 0;
  await several(() => client.ask(asked[turn++ % asked.length] ?? ''), questions, questioners);
  return memoryOf(hub);
}

/** Memory of every process of a hub, MiB, by what the process is. */
function memoryOf(hub: HubProcess): Start['memoryMiB'] {
  const bytes: Record<string, number> = { all: 0 };
  for (const pid of hub.family()) {
    const kind = kindOf(commandOf(pid));
    const own = pssBytes(pid);
    bytes[kind] = (bytes[kind] ?? 0) + own;
    if (kind !== 'npm') bytes['all'] = (bytes['all'] ?? 0) + own;
  }
  return Object.fromEntries(Object.entries(bytes).map(([kind, sum]) => [kind, rounded(sum / mebibyte)]));
}

function kindOf(command: string): string {
  if (/postgres/.test(command)) return 'postgres';
  if (/systems-process/.test(command)) return 'systems';
  return isMain(command) ? 'main with gateway' : 'npm';
}

function isMain(command: string): boolean {
  const [program = '', script] = command.split(' ');
  return basename(program) === 'node' && script === 'bin/hub';
}

/** Without what `npm run prove` and vitest put there: a newcomer has their own npm and Node, a free port, and nothing else. */
function newcomersEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !/^(npm_|HUB_|APOLLO_|VITEST|VITE_|NODE$|NODE_(ENV|OPTIONS|PATH)$|DEV$|PROD$|SSR$|TEST$|MODE$|BASE_URL$|INIT_CWD$|COLOR$)/.test(name),
  );
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((place) => !place.includes('node_modules'));
  return { ...Object.fromEntries(own), PATH: path.join(delimiter), HUB_PORT: '0' };
}
