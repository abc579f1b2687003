/**
 * «Publish in an afternoon», followed as a stranger does: a fresh copy of the repository, three terminals, a database of
 * somebody else's, every command of the page in its order, and what each prints held against what the page shows.
 * @see subgraphs/GUIDE.md
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { type TestDatabase, openTestDatabase } from '@hub/kit/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { freePorts } from '../support/free-ports.ts';
import { guideSteps, shownPattern, withoutProgress } from '../support/guide-blocks.ts';
import { copyRepository } from '../support/repository-copy.ts';
import { textOf } from '../support/repository.ts';
import { openShell, type Ran, type Shell } from '../support/shell.ts';

const terminals = ['province', 'system', 'engineer'] as const;
type Terminal = (typeof terminals)[number];

/** What is asked again is asked for as long as the page promises, and a busy machine's share more. */
const mostTries = 60;
const betweenTriesMs = 250;

let home: string;
let copy: string;
let city: TestDatabase;
let ports: Readonly<Record<string, number>>;
const shells = new Map<Terminal, Shell>();

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hub-afternoon-'));
  // As root the database runs as another user, who must get in.
  await chmod(home, 0o755);
  copy = join(home, 'hub');
  copyRepository(copy);
  city = await openTestDatabase();
  const [hub, dev] = [await freePorts(3), await freePorts(2)];
  ports = { 4000: hub, 4001: hub + 1, 4002: hub + 2, 4100: await freePorts(1), 4200: dev };
  const bin = join(home, 'bin');
  await mkdir(bin);
  await writePsql(bin);
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HUB_|APOLLO_|NODE_|VITEST|INIT_CWD|npm_)/.test(name));
  const path = [bin, dirname(process.execPath), process.env['PATH']].join(delimiter);
  // The page says what to do when 4000 is taken.
  const env = { ...Object.fromEntries(inherited), PATH: path, HUB_PORT: String(hub) };
  for (const terminal of terminals) shells.set(terminal, openShell(copy, env));
}, 60_000);
afterAll(async () => {
  for (const terminal of ['system', 'province', 'engineer'] as const) await shells.get(terminal)?.[Symbol.asyncDispose]();
  await city[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
}, 60_000);

const steps = guideSteps(textOf('subgraphs/GUIDE.md'));

test('the page has the steps of an afternoon', () => {
  const commands = steps.flatMap((step) => step.commands.match(/^hub(?: [a-z][a-z-]*)+/gm) ?? []);
  const verbs = ['init', 'bridge check', 'dev', 'conformance run', 'system register', 'system check', 'system publish', 'exchange submit'];
  expect(verbs.filter((verb) => !commands.some((command) => command.startsWith(`hub ${verb}`)))).toEqual([]);
});

/** Each step stands on those before it. */
let isBroken = false;

describe('the page, step by step', () => {
  const cases = steps.map((step) => ({ name: `line ${step.line}: ${step.commands.split('\n')[0]}`, ...step }));
  test.for(cases)('$name', { timeout: 120_000 }, async ({ files, commands, words, shown }, { skip, onTestFailed }) => {
    skip(isBroken);
    onTestFailed(() => void (isBroken = true));
    for (const { path, text } of files) await writeFile(join(copy, path), here(text));
    const runsOn = words.find((word) => word === 'province' || word === 'system');
    const pattern = shownPattern(here(shown ?? '…'), runsOn === undefined);
    const isShown = (output: string): boolean => pattern.test(withoutProgress(output));
    for (const terminal of terminalsOf(words)) {
      const shell = shells.get(terminal);
      // Ctrl-C is an end in order.
      const before = await shell?.interrupt();
      expect(before?.code ?? 0).toBe(0);
      expect(before?.output ?? '').not.toMatch(/^✗ (?!BOARD)/m);
      const ran = await (runsOn === undefined
        ? untilShown(() => shell?.run(here(commands)), words.includes('again') ? isShown : () => true)
        : shell?.start(here(commands), isShown));
      expect(withoutProgress(ran?.output ?? '')).toMatch(pattern);
      expect(ran?.code === 0).toBe(!words.includes('fails'));
    }
  });
});

function terminalsOf(words: readonly string[]): readonly Terminal[] {
  if (words.includes('all')) return terminals;
  if (words.includes('both')) return ['engineer', 'system'];
  return [terminals.find((terminal) => words.includes(terminal)) ?? 'engineer'];
}

/** Runs it again and again, until it prints what is wanted or has been run often enough. */
async function untilShown(run: () => Promise<Ran> | undefined, isShown: (output: string) => boolean): Promise<Ran | undefined> {
  for (let tries = 1; ; tries += 1) {
    const ran = await run();
    if (tries === mostTries || isShown(ran?.output ?? '')) return ran;
    await delay(betweenTriesMs);
  }
}

/** The page’s addresses, as they are on this machine. */
function here(text: string): string {
  return text
    .replaceAll('postgres://reader:password@127.0.0.1:5432/city', city.url)
    .replaceAll(/\b(4000|4001|4002|4100|4200)\b/g, (port) => String(ports[port]));
}

/** What the page asks of psql, so that no machine must have one. */
async function writePsql(folder: string): Promise<void> {
  const program = `
    import { readFileSync } from 'node:fs';
    import postgres from '${import.meta.resolve('postgres')}';
    const [url, , , file] = process.argv.slice(2);
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await sql.unsafe(readFileSync(file, 'utf8'));
    await sql.end();`;
  await writeFile(join(folder, 'psql.mjs'), program);
  await writeFile(join(folder, 'psql'), `#!/bin/sh\nexec node "${folder}/psql.mjs" "$@"\n`, { mode: 0o755 });
}
