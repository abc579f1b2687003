/**
 * The repository as data, for the tests that keep the house: its files and what each imports.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository, without a slash at the end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** Every file that git tracks or would track: paths from the root. */
export const files: readonly string[] = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 1 << 26,
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)) && lstatSync(join(root, path)).isFile());

/** Files that people write as TypeScript: not what is generated. */
export const sources: readonly string[] = files.filter((path) => path.endsWith('.ts') && !isGenerated(path));

/** @returns Whether a file is written by `npm run generate`. */
export function isGenerated(path: string): boolean {
  return path.startsWith('schema/generated/');
}

/** The conformance suite stands among the tests and is none: anyone runs it. */
const suiteFolder = 'tests/conformance/suite/';

/** @returns Whether a file belongs to tests only. */
export function isTest(path: string): boolean {
  return (
    (path.startsWith('tests/') && !path.startsWith(suiteFolder)) ||
    /\.(test|prove)\.ts$/.test(path) ||
    path.includes('/testing/') ||
    path === 'vitest.config.ts'
  );
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** One import, type-only ones included: what it names and, when that is a file here, which. */
export interface Import {
  readonly specifier: string;
  /** Path from the root; undefined for packages. */
  readonly target: string | undefined;
}

const importPattern =
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** Everything a source file imports or re-exports. */
export function importsOf(path: string): readonly Import[] {
  return [...textOf(path).matchAll(importPattern)].map(([, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? '';
    return { specifier, target: specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : undefined };
  });
}

/** Folders of the packages; what lies deeper comes first. */
export const packageFolders: readonly string[] = [
  ...files
    .filter((path) => path.endsWith('/package.json'))
    .map(dirname)
    .toSorted((a, b) => b.length - a.length),
  'bin',
];

/** Folder of the package a file belongs to; `.` for the files at the root. */
export function packageOf(path: string): string {
  return packageFolders.find((folder) => path.startsWith(`${folder}/`)) ?? '.';
}
