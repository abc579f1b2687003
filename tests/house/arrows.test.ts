/**
 * Which package may import which. @see design/architecture.md «Layout»
 */
import { describe, expect, test } from 'vitest';

import { importsOf, isTest, packageOf, sources } from '../support/repository.ts';

interface Arrow {
  readonly from: string;
  readonly mayImport: RegExp;
  readonly because: string;
}

const external = '(?!@hub/|@apollo/(?:composition|federation-internals|query-graphs|query-planner|gateway)(?:/|$))[^.]';

const arrows: readonly Arrow[] = [
  {
    from: 'schema/src/',
    mayImport: /^(graphql|node:(crypto|buffer))$/,
    because: 'the law is pure: no I/O, no clock, and nothing below it but graphql-js',
  },
  {
    from: 'gateway/src/',
    mayImport: new RegExp(`^(@hub/schema|@hub/kit/process|${external})`),
    because: 'the gateway knows systems by their contracts only and speaks HTTP to them, never a subgraph’s code',
  },
  {
    from: 'subgraphs/kit/src/',
    mayImport: new RegExp(`^(@hub/schema$|${external})`),
    because: 'the kit publishes any contract, so it knows the law and nothing built on the kit',
  },
  {
    from: 'subgraphs/trading/src/',
    mayImport: new RegExp(`^(@hub/schema$|@hub/kit(/process)?$|${external})`),
    because: 'subgraphs share the kit and the law, never each other: they are separate deployments',
  },
  {
    from: 'subgraphs/registry/src/',
    mayImport: new RegExp(`^(@hub/schema(/compose)?$|@hub/kit(/process)?$|${external})`),
    because: 'subgraphs share the kit and the law, never each other: they are separate deployments',
  },
  {
    from: 'subgraphs/exchange/src/',
    mayImport: new RegExp(`^(@hub/schema$|@hub/kit(/process)?$|${external})`),
    because: 'subgraphs share the kit and the law, never each other: they are separate deployments',
  },
  {
    from: 'subgraphs/bridge/src/',
    mayImport: new RegExp(`^(@hub/schema$|@hub/kit(/process)?$|${external})`),
    because: 'subgraphs share the kit and the law, never each other: they are separate deployments',
  },
  {
    from: 'subgraphs/consumer/src/',
    mayImport: /^(@hub\/schema|postgres|node:[a-z/]+)$/,
    because: 'a receiver lifts it out: it knows the law and a database, and no code of the hub’s',
  },
  {
    from: 'subgraphs/verifier/src/',
    mayImport: /^(@hub\/schema|node:(fs|fs\/promises|path|stream\/promises|zlib))$/,
    because: 'a proof is verified by anyone, offline: no network, no database, no code of the hub’s but the law',
  },
  {
    from: 'tests/conformance/suite/src/',
    mayImport: new RegExp(`^(@hub/schema$|${external})`),
    because: 'outsiders run the suite against their own systems: it knows the law, and no code of the hub’s',
  },
];

/** The vendor's federation packages (Elastic-2.0) stand behind these ports, so that they can be replaced. */
const vendorPorts = /^(gateway\/src\/plan\/[a-z-]+\.ts|schema\/codegen\/[a-z-]+\.ts)$/;
const vendor = /^@apollo\/(composition|federation-internals|query-graphs|query-planner|gateway)(\/|$)/;

describe('Arrows between packages', () => {
  test.each(arrows)('$from imports only what it may, because $because', ({ from, mayImport }) => {
    const wrong = sources
      .filter((path) => path.startsWith(from) && !isTest(path))
      .flatMap((path) =>
        importsOf(path)
          .filter(({ specifier, target }) => target === undefined && !vendor.test(specifier) && !mayImport.test(specifier))
          .map(({ specifier }) => `${path} → ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  test('no relative import leaves its package, because a package’s door says what is promised', () => {
    const wrong = sources.flatMap((path) =>
      importsOf(path)
        .filter(({ target }) => target !== undefined && packageOf(target) !== packageOf(path))
        .map(({ specifier }) => `${path} → ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  test('nothing that runs imports what is for tests, because a running hub must not carry a test framework', () => {
    const forTests = /^(@hub\/tests|@hub\/(?:kit|exchange|verifier)\/testing|vitest|fast-check)(\/|$)/;
    const wrong = sources
      .filter((path) => !isTest(path))
      .flatMap((path) =>
        importsOf(path)
          .filter(({ specifier, target }) => forTests.test(specifier) || (target !== undefined && isTest(target)))
          .map(({ specifier }) => `${path} → ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  test('the vendor’s federation packages are imported by the planner port and the composition step only, because of their licence', () => {
    const wrong = sources
      .filter((path) => !isTest(path) && !vendorPorts.test(path))
      .flatMap((path) =>
        importsOf(path)
          .filter(({ specifier }) => vendor.test(specifier))
          .map(({ specifier }) => `${path} → ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });
});
