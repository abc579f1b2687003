/**
 * README's worked example «A category from nothing»: its very blocks, run one after the other in a copy of the repository, print
 * what it says they print. @see README «How to add»
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { freePorts } from '../support/free-ports.ts';
import { type HubProcess, living, runStart } from '../support/hub-process.ts';
import { root, textOf } from '../support/repository.ts';
import { copyRepository } from '../support/repository-copy.ts';

/** A fenced block of commands, and what stands behind it as printed. */
interface Step {
  readonly commands: string;
  readonly printed: { readonly as: string; readonly text: string } | undefined;
}

const minuteMs = 60_000;
const steps = stepsOf(sectionOf(textOf('README.md'), '### 例：从无到有加一个类别'));

describe('the worked example of README.md', () => {
  const home = mkdtempSync(join(tmpdir(), 'hub-example-'));
  const copy = join(home, 'hub');
  const said: string[] = [];
  let port = 0;
  let processes: readonly number[] = [];
  let outcome: Awaited<HubProcess['ended']>;
  let refusal: unknown;

  beforeAll(async () => {
    await chmod(home, 0o755);
    await mkdir(copy);
    copyRepository(copy);
    port = await freePorts(1);
    const env = environment({ HUB_PORT: String(port), HUB_REGISTRY_PORT: '0', HUB_DATA_DIR: join(home, '.hub') });
    await using hubs = new AsyncDisposableStack();
    for (const { commands } of steps) {
      if (!/^npm start\b/.test(commands)) {
        said.push(await run(commands, { cwd: copy, env, port }));
        continue;
      }
      const hub = runStart('sh', ['-c', commands], { cwd: copy, env });
      hubs.defer(async () => {
        processes = hub.family();
        if (living(processes).length > 0) hub.interrupt();
        outcome = await hub.ended;
      });
      said.push(await hub.ready);
    }
    refusal = await ask(port, '{ dataListings { nodes { valuation { yuan } } } }');
  }, 3 * minuteMs);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test('starts a hub, and tells of most steps what they print', () => {
    expect(steps.filter(({ commands }) => commands.startsWith('npm start'))).toHaveLength(1);
    expect(steps.filter(({ printed }) => printed !== undefined).length).toBeGreaterThanOrEqual(3);
  });

  test.each(printing('json'))('«$first» is answered as told', ({ index, text }) => {
    expect(JSON.parse(said[index] ?? '')).toEqual(JSON.parse(text));
  });

  test.each(printing('text'))('«$first» prints what is told', ({ index, text }) => {
    expect(said[index]).toMatch(shortened(text));
  });

  test('no step complains', () => {
    expect(said.join('\n')).not.toMatch(/✗|✖|npm error/);
  });

  test('the graph has the category’s datasets, its systems answer for them, and what is for government is refused to others', () => {
    const supergraph = readFileSync(join(copy, 'schema/generated/supergraph.graphql'), 'utf8');
    expect(supergraph).toMatch(/^ {2}DATA @join__graph\(name: "data", url: "systems:data"\)$/m);
    expect(supergraph).toMatch(/^ {2}dataListings\(.*@route\(by: PAGE\)/m);
    expect(refusal).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  test('Ctrl-C ends all of it', () => {
    expect(processes.length).toBeGreaterThan(4);
    expect(living(processes)).toEqual([]);
    expect(outcome).toMatchObject({ stderr: expect.not.stringContaining('✗') });
  });

  test('nothing of it is in the repository itself', () => {
    expect(textOf('schema/generated/supergraph.graphql')).not.toContain('systems:data');
  });
});

/** From a heading to the next. */
function sectionOf(markdown: string, heading: string): string {
  const start = markdown.indexOf(heading);
  if (start === -1) throw new Error(`README.md has no «${heading}»`);
  return markdown.slice(start, markdown.indexOf('\n## ', start));
}

function stepsOf(section: string): readonly Step[] {
  const blocks = [...section.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)].map(([, as = '', text = '']) => ({ as, text }));
  return blocks.flatMap(({ as, text }, place) => {
    const next = blocks[place + 1];
    return as === 'sh' ? [{ commands: text, printed: next?.as === 'sh' ? undefined : next }] : [];
  });
}

/** Steps of which the README tells what they print, in this form. */
function printing(form: string): readonly { readonly index: number; readonly first: string; readonly text: string }[] {
  return steps.flatMap(({ commands, printed }, index) =>
    printed?.as === form ? [{ index, first: commands.split('\n')[0] ?? '', text: printed.text }] : [],
  );
}

/** As a newcomer’s terminal, with the repository’s Node and none of the test’s own settings. */
function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(HUB_|APOLLO_|NODE_|VITEST|INIT_CWD|npm_)/.test(name));
  const path = `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}`;
  return { ...Object.fromEntries(inherited), ...settings, PATH: path };
}

/** @returns What it printed, errors included; the address is that of this hub. @throws when a command fails. */
async function run(commands: string, place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly port: number }) {
  const here = commands.replaceAll('127.0.0.1:4000', `127.0.0.1:${place.port}`);
  const { stdout, stderr } = await promisify(execFile)('sh', ['-ec', here], { cwd: place.cwd, env: place.env });
  return stderr + stdout;
}

/** The README shortens with «…». */
function shortened(text: string): RegExp {
  const parts = text.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(parts.join(String.raw`[^\n]*`));
}

async function ask(port: number, query: string): Promise<unknown> {
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return answer.json();
}
