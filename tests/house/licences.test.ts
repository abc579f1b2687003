/**
 * What may be installed, by licence. @see design/architecture.md «Composition», README «Development»
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { root, textOf } from '../support/repository.ts';

const free = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'Python-2.0',
  'CC0-1.0',
]);

interface Exception {
  readonly licence: string;
  readonly packages: RegExp;
  readonly because: string;
}

const exceptions: readonly Exception[] = [
  {
    licence: 'Elastic-2.0',
    packages: /^@apollo\/(composition|federation-internals|gateway|query-graphs|query-planner)$/,
    because: 'the reference implementation of federation, behind a port; it may be used, not sold as a service of its own',
  },
  {
    licence: 'MPL-2.0',
    packages: /^lightningcss(-[a-z0-9-]+)?$/,
    because: 'comes with the test runner’s bundler and is never distributed with the hub',
  },
  { licence: 'CC-BY-4.0', packages: /^caniuse-lite$/, because: 'a table of the code generator’s tools, never distributed with the hub' },
];

const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
});

describe('Licences', () => {
  test('every installed package has a licence on the list, or is an exception with a reason', () => {
    const wrong = installed().filter(
      ({ name, licence }) => !isFree(licence) && !exceptions.some((exception) => covers(exception, name, licence)),
    );
    expect(wrong).toEqual([]);
  });

  test('every exception still covers something, because a list of old exceptions is a hole', () => {
    const packages = installed();
    const idle = exceptions.filter((exception) => !packages.some(({ name, licence }) => covers(exception, name, licence)));
    expect(idle.map(({ licence }) => licence)).toEqual([]);
  });

  test('the hub itself is Apache-2.0, in full', () => {
    const text = textOf('LICENSE');
    expect(text).toMatch(/^\s*Apache License\n\s*Version 2\.0, January 2004\n/);
    expect(text).toContain('END OF TERMS AND CONDITIONS');
  });
});

interface Installed {
  readonly name: string;
  readonly licence: string;
}

function installed(): readonly Installed[] {
  const store = join(root, 'node_modules/.pnpm');
  return readdirSync(store).flatMap((entry) => {
    const modules = join(store, entry, 'node_modules');
    return foldersIn(modules)
      .flatMap((name) => (name.startsWith('@') ? foldersIn(join(modules, name)).map((inner) => `${name}/${inner}`) : [name]))
      .filter((name) => !name.startsWith('.'))
      .map((name) => readManifest(join(modules, name, 'package.json')));
  });
}

// Dependencies of a package stand beside it as links; only what is a folder lives here.
function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    // The store also holds files, which have no packages in them.
    return [];
  }
}

function readManifest(path: string): Installed {
  const { name, license } = manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  return { name, licence: typeof license === 'object' ? license.type : (license ?? 'none') };
}

function isFree(expression: string): boolean {
  const inner = expression.replaceAll(/[()]/g, '');
  if (inner.includes(' OR ')) return inner.split(' OR ').some(isFree);
  return inner.split(' AND ').every((licence) => free.has(licence.trim()));
}

function covers({ licence: allowed, packages }: Exception, name: string, licence: string): boolean {
  return licence === allowed && packages.test(name);
}
