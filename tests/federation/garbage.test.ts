/**
 * Systems that answer garbage: nothing foreign is accepted, the system counts as missing for the right reason, and the answer
 * of the others is untouched, whatever was asked. @see design/partitioning.md «Page», «Group», «Code», P3
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { type Reason, coverageWithout, wholeCoverage } from '../support/coverage-told.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import {
  type Garbage,
  foreignInside,
  garbage,
  oneValueFailed,
  prototypeKeys,
  spoiledRecords,
  spoiledRows,
  spoiledValues,
} from '../support/garbage.ts';
import { at, changed, listAt, textAt } from '../support/parse-json.ts';
import { sectionCode } from '../support/project-life.ts';
import { fillToyProvince } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

let federation: Federation;
beforeAll(async () => {
  federation = await startFederation({ province: await toyProvince() });
  await fillToyProvince(federation);
});
afterEach(() => federation.heal());
afterAll(() => federation[Symbol.asyncDispose]());

const bad = 'xingcheng';
type Kinds = readonly (readonly [name: string, spoil: Garbage])[];
const anything: Kinds = Object.entries(garbage);
const records: Kinds = Object.entries({ ...garbage, ...spoiledValues, ...spoiledRecords });
const rows: Kinds = [...records, ...Object.entries(spoiledRows)];
const groups: Kinds = Object.entries({ ...garbage, ...spoiledValues, foreignSystemCodes: spoiledRecords.foreignSystemCodes });

/** All that is not INVALID_ANSWER. */
const reasons: Readonly<Record<string, Reason>> = {
  errorInside: 'REFUSED',
  internalError: 'REFUSED',
  badGateway: 'UNREACHABLE',
  resetMidway: 'UNREACHABLE',
  resetAtOnce: 'UNREACHABLE',
};
const reasonOf = (name: string): Reason => reasons[name] ?? 'INVALID_ANSWER';

/** What the spoiled answers say in words of their own, which is for the log only. */
const ownWords = /T_SECRET|app\.js|half of it failed|系统维护|Bad Gateway/;

function spoil(kind: Garbage): Promise<void> {
  return federation.make(kind, [bad]);
}

const row = '{ __typename id system { code name } title publishedAt warnings { rule } deals { __typename lotCode winners { name } } }';
const notices = `{ notices(first: 100) { edges { late node ${row} } totalCount ${wholeCoverage} } }`;

describe('Page', () => {
  test.each(rows)('%s: the system is missing, the rows of the others stand', async (name, kind) => {
    const whole = await federation.ask({ query: notices });
    const others = listAt(whole.data, 'notices', 'edges').filter((edge) => at(edge, 'node', 'system', 'code') !== bad);
    await spoil(kind);
    const reply = await federation.ask({ query: notices });
    expect({ errors: reply.errors, data: reply.data }).toEqual({
      errors: [],
      data: {
        notices: {
          edges: others,
          totalCount: others.length,
          coverage: coverageWithout(federation, { system: bad, reason: reasonOf(name) }),
        },
      },
    });
  });

  test.each(['foreignIds', 'lastRowForeign'] as const)('%s: the system is missing even when nobody asked for ids', async (name) => {
    const query = `{ notices(first: 100, order: PUBLISHED_ASC) { nodes { title } totalCount ${wholeCoverage} } }`;
    await federation.make('refused', [bad]);
    const others = (await federation.ask({ query })).data;
    await federation.heal();
    await spoil({ ...spoiledRecords, ...spoiledRows }[name]);
    const { data, errors } = await federation.ask({ query });
    const coverage = coverageWithout(federation, { system: bad, reason: 'INVALID_ANSWER' });
    expect({ data, errors }).toEqual({ data: { notices: changed(at(others, 'notices'), { coverage }) }, errors: [] });
  });

  test('foreignInside: the system is missing when a record inside a row is another system’s', async () => {
    const query = `{ notices(first: 100) { nodes { title deals { id } } ${wholeCoverage} } }`;
    await federation.make('refused', [bad]);
    const others = (await federation.ask({ query })).data;
    await federation.heal();
    await spoil(foreignInside);
    const { data, errors } = await federation.ask({ query });
    const coverage = coverageWithout(federation, { system: bad, reason: 'INVALID_ANSWER' });
    expect({ data, errors }).toEqual({ data: { notices: changed(at(others, 'notices'), { coverage }) }, errors: [] });
  });

  test('oneValueFailed: the row stands without it, and the error is told in the hub’s words at the place the row has there', async () => {
    const query = '{ notices(first: 100) { nodes { system { code } publishedAt } coverage { complete } } }';
    const nodes = listAt((await federation.ask({ query })).data, 'notices', 'nodes');
    const places = nodes.flatMap((node, place) => (at(node, 'system', 'code') === bad ? [place] : []));
    await spoil(oneValueFailed);
    const { data, errors, text } = await federation.ask({ query });
    const expected = nodes.map((node, place) => (place === places[1] ? changed(node, { publishedAt: null }) : node));
    expect(data).toEqual({ notices: { nodes: expected, coverage: { complete: true } } });
    expect(errors.map(({ code, path, extensions }) => ({ code, path, system: extensions['system'] }))).toEqual([
      { code: 'SYSTEM_FAILED', path: ['notices', 'nodes', places[1], 'publishedAt'], system: bad },
    ]);
    expect(text).not.toMatch(ownWords);
  });

  test('stuck: a system that answers every page as if it were the first is missing from the second on', async () => {
    const page = (after: string | null) =>
      federation.ask({
        query: `query Page($after: String) { notices(first: 9, after: $after) { nodes { id } pageInfo { endCursor } ${wholeCoverage} } }`,
        variables: { after },
      });
    const first = await page(null);
    expect(at(first.data, 'notices', 'coverage', 'complete')).toBe(true);
    await federation.make('stuck', [bad]);
    const second = await page(textAt(first.data, 'notices', 'pageInfo', 'endCursor'));
    expect(at(second.data, 'notices', 'coverage')).toEqual(coverageWithout(federation, { system: bad, reason: 'INVALID_ANSWER' }));
    const seen = [...listAt(first.data, 'notices', 'nodes'), ...listAt(second.data, 'notices', 'nodes')].map((node) => textAt(node, 'id'));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('prototypeKeys: names that reach into prototypes are harmless and do not come through', async () => {
    const whole = await federation.ask({ query: notices });
    await spoil(prototypeKeys);
    const reply = await federation.ask({ query: notices });
    expect(reply.text).toBe(whole.text);
    expect('polluted' in {}).toBe(false);
  });
});

describe('Group', () => {
  const query = (partial: boolean): string =>
    `{ dealStatistics(by: [SYSTEM, MONTH], partial: ${partial}) { groups { __typename direction key { code label } deals priced price saved bidders } ${wholeCoverage} } }`;

  test.each(groups)('%s: no numbers of the system, and none at all unless the caller takes a part', async (name, kind) => {
    const whole = await federation.ask({ query: query(false) });
    const others = listAt(whole.data, 'dealStatistics', 'groups').filter((group) => at(group, 'key', 0, 'code') !== bad);
    expect(others.length).toBeGreaterThan(0);
    await spoil(kind);
    const part = await federation.ask({ query: query(true) });
    expect({ errors: part.errors, data: part.data }).toEqual({
      errors: [],
      data: { dealStatistics: { groups: others, coverage: coverageWithout(federation, { system: bad, reason: reasonOf(name) }) } },
    });
    const refused = await federation.ask({ query: query(false) });
    expect(refused.data ?? null).toBeNull();
    expect(refused.errors.map(({ code, path }) => ({ code, path }))).toEqual([{ code: 'COVERAGE_INCOMPLETE', path: ['dealStatistics'] }]);
    expect(refused.text).not.toMatch(ownWords);
  });
});

describe('Code', () => {
  const query = (code: string): string =>
    `{ bidSectionByCode(code: "${code}") { __typename id system { code name } name classes { code } warnings { rule } } }`;

  test.each(records)('%s: «not found» is not said while the one who may hold it is missing', async (_name, kind) => {
    await spoil(kind);
    const { data, errors } = await federation.ask({ query: query(sectionCode('11', 1)) });
    expect({ data, errors: errors.map(({ code, path }) => ({ code, path })) }).toEqual({
      data: { bidSectionByCode: null },
      errors: [{ code: 'COVERAGE_INCOMPLETE', path: ['bidSectionByCode'] }],
    });
  });

  test.each(anything)('%s: what another system holds is shown, with a warning', async (_name, kind) => {
    const whole = await federation.ask({ query: query(sectionCode('13', 1)) });
    await spoil(kind);
    const { data, errors } = await federation.ask({ query: query(sectionCode('13', 1)) });
    const warnings = [...listAt(whole.data, 'bidSectionByCode', 'warnings'), { rule: 'COVERAGE_INCOMPLETE' }];
    expect({ data, errors }).toEqual({
      data: { bidSectionByCode: changed(at(whole.data, 'bidSectionByCode'), { warnings }) },
      errors: [],
    });
  });
});

describe('Single and Entities', () => {
  test.each(records)('%s: a record of the system is null with one error, those of others stand', async (_name, kind) => {
    const whole = await federation.ask({
      query: '{ notices(first: 100) { nodes { id system { code } record { __typename id system { code name } warnings { rule } } } } }',
    });
    const own = listAt(whole.data, 'notices', 'nodes').find((node) => at(node, 'system', 'code') === bad);
    const id = textAt(own, 'id');
    await spoil(kind);
    const single = await federation.ask({ query: `query One($id: ID!) { notice(id: $id) ${row} }`, variables: { id } });
    expect(single.data).toEqual({ notice: null });
    expect(single.errors.map(({ code, path, extensions }) => ({ code, path, system: extensions['system'] }))).toEqual([
      { code: 'SYSTEM_FAILED', path: ['notice'], system: bad },
    ]);
    expect(single.text).not.toMatch(ownWords);
  });

  test('foreignInside: a record that leads to another system’s is none', async () => {
    const query = '{ notices(first: 100) { nodes { id system { code } record { ... on TenderNotice { sections { id } } } } } }';
    const whole = await federation.ask({ query });
    const own = listAt(whole.data, 'notices', 'nodes').find((node) => at(node, 'system', 'code') === bad);
    await spoil(foreignInside);
    const reply = await federation.ask({ query });
    expect(listAt(reply.data, 'notices', 'nodes').filter((node) => at(node, 'system', 'code') !== bad)).toEqual(
      listAt(whole.data, 'notices', 'nodes').filter((node) => at(node, 'system', 'code') !== bad),
    );
    expect(reply.errors.map(({ code, extensions }) => ({ code, system: extensions['system'] }))).toEqual([
      { code: 'SYSTEM_FAILED', system: bad },
    ]);
    const single = await federation.ask({
      query: 'query One($id: ID!) { notice(id: $id) { deals { id } } }',
      variables: { id: textAt(own, 'id') },
    });
    expect({ data: single.data, codes: single.errors.map(({ code }) => code) }).toEqual({
      data: { notice: null },
      codes: ['SYSTEM_FAILED'],
    });
  });

  test.each(records)('%s in answer to entities only: the rows stand, the system’s records are null, one error', async (_name, kind) => {
    const query =
      '{ notices(first: 100) { nodes { id title system { code } record { __typename id system { code name } receivedAt warnings { rule } ... on TenderNotice { title sections { name } } } } } }';
    const whole = await federation.ask({ query });
    const expected = listAt(whole.data, 'notices', 'nodes').map((node) =>
      at(node, 'system', 'code') === bad ? changed(node, { record: null }) : node,
    );
    const places = expected.flatMap((node, place) => (at(node, 'record') === null ? [place] : []));
    await spoil((answer) => (answer.request.includes('_entities') ? kind(answer) : { body: answer.text }));
    const reply = await federation.ask({ query });
    expect(reply.data).toEqual({ notices: { nodes: expected } });
    expect(reply.errors.map(({ code, path, extensions }) => ({ code, path, system: extensions['system'] }))).toEqual([
      { code: 'SYSTEM_FAILED', path: ['notices', 'nodes', places[0], 'record'], system: bad },
    ]);
    expect(reply.text).not.toMatch(ownWords);
  });
});
