/**
 * Settings are read in one place and told in one place. @see README «Settings»
 */
import { describe, expect, test } from 'vitest';

import { isTest, sources, textOf } from '../support/repository.ts';

const reader = 'subgraphs/kit/src/process/config.ts';

describe('Settings', () => {
  test('the README tells exactly the settings there are, because a newcomer looks there', () => {
    const known = [...textOf(reader).matchAll(/^ {2}(HUB_[A-Z_]+):/gm)].flatMap(([, name]) => name ?? []);
    const told = [...textOf('README.md').matchAll(/`(HUB_[A-Z_]+)`/g)].flatMap(([, name]) => name ?? []);
    expect(known.length).toBeGreaterThan(5);
    expect([...new Set(told)].toSorted()).toEqual(known.toSorted());
  });

  test('only an entry hands the environment on, because what is read deep inside cannot be given in a test', () => {
    const entries = /^(bin\/(main|systems-process|conformance|verify|pull)\.ts|gateway\/src\/plan\/telemetry-off\.ts)$/;
    const reads = /^(?!\s*(\*|\/\/|\/\*)).*process\.env\b/m;
    expect(sources.filter((path) => !isTest(path) && !entries.test(path) && reads.test(textOf(path)))).toEqual([]);
  });
});
