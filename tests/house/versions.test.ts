/**
 * Versions are exact and stand in one place. @see design/toolchain.md
 */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { files, textOf } from '../support/repository.ts';

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions });

// The runtime itself: package managers must be able to leave the foreign one out.
const runtime = /^node-linux-(x64|arm64)$/;

describe('Versions', () => {
  test('packages name versions through the catalog, because two versions of one library are two libraries', () => {
    const wrong = files
      .filter((path) => path.endsWith('package.json'))
      .flatMap((path) => {
        const { dependencies, devDependencies, optionalDependencies } = manifest.parse(JSON.parse(textOf(path)));
        return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
          .filter(([name, version]) => !(runtime.test(name) ? /^\d+\.\d+\.\d+$/ : /^(catalog:|workspace:\*)$/).test(version))
          .map(([name, version]) => `${path}: ${name} ${version}`);
      });
    expect(wrong).toEqual([]);
  });

  test('the catalog is exact, because a fresh machine must get what was tested', () => {
    const [, catalog = ''] = textOf('pnpm-workspace.yaml').split('\ncatalog:\n');
    const entries = catalog.split('\n\n')[0]?.split('\n') ?? [];
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.filter((line) => line.trim() !== '' && !/^ {2}'?[@a-z0-9/.-]+'?: \d+\.\d+\.\d+(-[a-z]+\.\d+)?$/.test(line))).toEqual([]);
  });

  test('every package of MikroORM has one version, because they refuse to work with another', () => {
    const found = new Set([...textOf('pnpm-workspace.yaml').matchAll(/'@mikro-orm\/[a-z]+': (\S+)/g)].map(([, version]) => version));
    expect(found.size).toBe(1);
  });
});
