/**
 * Nothing hangs, and what an outage looks like while it lasts. @see design/partitioning.md «Rules» 2 and 3, «Coverage lives in
 * the data»
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { chinaTime, wholeCoverage } from '../support/coverage-told.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { at, listAt } from '../support/parse-json.ts';
import { fillToyProvince } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

let federation: Federation;
beforeAll(async () => {
  // A system may take longer than the whole operation: then the operation's own time rules.
  federation = await startFederation({ province: await toyProvince(), gateway: { systemDeadlineMs: 60_000, operationDeadlineMs: 1500 } });
  await fillToyProvince(federation);
});
afterEach(() => federation.heal());
afterAll(() => federation[Symbol.asyncDispose]());

const codes = ['toy-construction', 'xingcheng', 'yuecheng'];

/** How many requests each system has had. */
function asked(): readonly number[] {
  return codes.map((code) => federation.proxies.get(code)?.requests.length ?? 0);
}

/** How many requests each system has had for one question. */
async function askedBy(query: string): Promise<readonly number[]> {
  const before = asked();
  await federation.ask({ query });
  return asked().map((count, place) => count - (before[place] ?? 0));
}

describe('Deadlines', () => {
  test.each(['silent', 'stalled', 'trickling'] as const)(
    'a system that is %s is missing when the operation’s time is over, the others’ rows are there',
    async (behaviour) => {
      await federation.make(behaviour, ['yuecheng']);
      const { data, errors } = await federation.ask({
        query: '{ notices(first: 1) { nodes { system { code } } coverage { missing { system { code } reason } } } }',
      });
      expect({ data, errors }).toEqual({
        data: {
          notices: {
            nodes: [{ system: { code: 'toy-construction' } }],
            coverage: { missing: [{ system: { code: 'yuecheng' }, reason: 'TIMEOUT' }] },
          },
        },
        errors: [],
      });
    },
  );

  test('a system that is slow and yet in time is there', async () => {
    await federation.make('silent', ['yuecheng']);
    const arrived = federation.proxies.get('yuecheng')?.arrival();
    const asked = federation.ask({ query: '{ notices(first: 1) { coverage { complete missing { reason } } } }' });
    await arrived;
    await federation.make('healthy', ['yuecheng']);
    const { data, errors } = await asked;
    expect({ data, errors }).toEqual({ data: { notices: { coverage: { complete: true, missing: [] } } }, errors: [] });
  });

  test('when nobody answers in time there is an error, not silence', async () => {
    await federation.make('silent');
    const { data, errors } = await federation.ask({ query: '{ notices(first: 1) { totalCount } }' });
    expect({ data: data ?? null, errors: errors.map(({ code, path }) => ({ code, path })) }).toEqual({
      data: null,
      errors: [{ code: 'DEADLINE_EXCEEDED', path: ['notices'] }],
    });
  });

  test('a system that answers rows and is silent on entities leaves its rows, without their records', async () => {
    await federation.make(({ request, text }) => (request.includes('_entities') ? 'silence' : { body: text }), ['xingcheng']);
    const { data, errors } = await federation.ask({
      query:
        '{ notices(first: 3, filter: { systems: ["xingcheng"] }) { nodes { system { code } record { ... on AwardNotice { winners { name } } } } } }',
    });
    // Two results and an opening, of which nothing further was asked.
    expect(data).toEqual({ notices: { nodes: [null, null, {}].map((record) => ({ system: { code: 'xingcheng' }, record })) } });
    expect(errors.map(({ code, path, extensions }) => ({ code, path, system: extensions['system'] }))).toEqual([
      { code: 'DEADLINE_EXCEEDED', path: ['notices', 'nodes', 0, 'record'], system: 'xingcheng' },
    ]);
  });
});

describe('Outages', () => {
  const query = `{ notices(first: 100) { totalCount ${wholeCoverage} } }`;

  test('since is when the outage began; a system known to be away is not asked again until its time has come', async () => {
    await federation.make('refused', ['yuecheng']);
    const began = federation.clock.nowMs();
    for (let failure = 0; failure < 3; failure++) {
      const { data } = await federation.ask({ query });
      expect(at(data, 'notices', 'coverage', 'missing', 0, 'since')).toBe(chinaTime(began));
      federation.clock.advance(10);
    }
    await federation.make('healthy', ['yuecheng']);
    expect(await askedBy(query)).toEqual([1, 1, 0]);
    expect(at((await federation.ask({ query })).data, 'notices', 'coverage', 'missing')).toEqual([
      { system: { code: 'yuecheng', name: '月城市交易中心' }, reason: 'UNREACHABLE', since: chinaTime(began) },
    ]);
    federation.clock.advance(1000);
    expect(await askedBy(query)).toEqual([1, 1, 1]);
    expect(at((await federation.ask({ query })).data, 'notices', 'coverage')).toEqual({
      complete: true,
      answered: codes.map((code) => ({ code })),
      missing: [],
      retryAfterMs: null,
    });
  });

  test('a withdrawn system counts as missing and holds nobody up', async () => {
    federation.gateway.setSystems(federation.routes.map((row) => (row.code === 'yuecheng' ? { ...row, state: 'withdrawn' } : row)));
    expect(await askedBy(query)).toEqual([1, 1, 0]);
    const { data } = await federation.ask({ query: `{ notices(first: 100) { pageInfo { hasNextPage } ${wholeCoverage} } }` });
    expect(data).toEqual({
      notices: {
        pageInfo: { hasNextPage: false },
        coverage: {
          complete: false,
          answered: [{ code: 'toy-construction' }, { code: 'xingcheng' }],
          missing: [{ system: { code: 'yuecheng', name: '月城市交易中心' }, reason: 'WITHDRAWN', since: null }],
          retryAfterMs: null,
        },
      },
    });
    federation.gateway.setSystems(federation.routes);
  });
});

describe('Rules 3, what fixes systems', () => {
  test('filter.systems and ids do; regions and business codes do not', async () => {
    const { data } = await federation.ask({ query: '{ notices(first: 1, filter: { systems: ["yuecheng"] }) { nodes { id } } }' });
    const id = String(at(listAt(data, 'notices', 'nodes')[0], 'id'));
    expect(await askedBy('{ notices(filter: { systems: ["yuecheng", "xingcheng"] }) { totalCount } }')).toEqual([0, 1, 1]);
    expect(await askedBy(`{ notice(id: "${id}") { title } }`)).toEqual([0, 0, 1]);
    expect(await askedBy('{ notices(filter: { region: { in: ["990200"] } }) { totalCount } }')).toEqual([1, 1, 1]);
    expect(await askedBy('{ tenderProjectByCode(code: "E9901000001120000000") { name } }')).toEqual([1, 1, 1]);
  });

  test('an unknown system code is a typed error, and nobody is asked', async () => {
    const { data, errors } = await federation.ask({ query: '{ notices(filter: { systems: ["yuecheng", "nowhere"] }) { totalCount } }' });
    expect({ data: data ?? null, codes: errors.map(({ code }) => code) }).toEqual({ data: null, codes: ['SYSTEM_UNKNOWN'] });
    expect(errors[0]?.message).toContain('nowhere');
    expect(await askedBy('{ notices(filter: { systems: ["nowhere"] }) { totalCount } }')).toEqual([0, 0, 0]);
  });
});
