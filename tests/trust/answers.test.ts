/**
 * A system speaks for itself alone: whatever it answers in another's name is dropped as a whole, reported, and harms nobody but
 * itself. @see schema/PROTOCOL.md 9; design/partitioning.md «Operators»
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { coverageWithout, wholeCoverage } from '../support/coverage-told.ts';
import { type Federation, startFederation } from '../support/federation.ts';
import { type Garbage, foreignInside, spoiledRecords, spoiledRows } from '../support/garbage.ts';
import { at, changed, listAt, textAt } from '../support/parse-json.ts';
import { fillToyProvince } from '../support/toy-lives.ts';
import { toyProvince } from '../support/toy-province.ts';

let federation: Federation;
let pairs: readonly (readonly [liar: string, victim: string])[];
beforeAll(async () => {
  federation = await startFederation({ province: await toyProvince() });
  await fillToyProvince(federation);
  const { data } = await federation.ask({ query: '{ notices(first: 100) { nodes { system { code } } } }' });
  const holding = new Set(listAt(data, 'notices', 'nodes').map((node) => textAt(node, 'system', 'code')));
  const codes = federation.province.systems.map(({ code }) => code);
  pairs = codes
    .filter((code) => holding.has(code))
    .flatMap((liar) => codes.filter((code) => code !== liar).map((victim) => [liar, victim] as const));
});
afterEach(() => federation.heal());
afterAll(() => federation[Symbol.asyncDispose]());

/** The liar takes the victim's name in every answer. */
const as =
  (victim: string, spoil: Garbage): Garbage =>
  (answer) =>
    spoil({ ...answer, other: victim });

const told = (liar: string): number => federation.events.filter((event) => event.kind === 'answer-foreign' && event.system === liar).length;

const lies: Readonly<Record<string, Garbage>> = {
  'every id and cursor': spoiledRecords.foreignIds,
  'the last row alone': spoiledRows.lastRowForeign,
  'the code of its system': spoiledRecords.foreignSystemCodes,
  'records inside its rows': foreignInside,
};

const list = `{ notices(first: 100) { nodes { id title system { code name } deals { id system { code } } } totalCount ${wholeCoverage} } }`;

describe('Answering as another system', () => {
  test.each(Object.entries(lies))('%s: of all pairs none gets a row in, and each is reported', async (_name, lie) => {
    const whole = await federation.ask({ query: list });
    expect(pairs.length).toBeGreaterThan(1);
    for (const [liar, victim] of pairs) {
      const before = told(liar);
      await federation.make(as(victim, lie), [liar]);
      const { data, errors } = await federation.ask({ query: list });
      const others = listAt(whole.data, 'notices', 'nodes').filter((node) => at(node, 'system', 'code') !== liar);
      expect({ data, errors }).toEqual({
        data: {
          notices: {
            nodes: others,
            totalCount: others.length,
            coverage: coverageWithout(federation, { system: liar, reason: 'INVALID_ANSWER' }),
          },
        },
        errors: [],
      });
      expect(told(liar)).toBeGreaterThan(before);
      await federation.heal();
    }
  });

  test('a record asked for by its id: of all pairs none is shown', async () => {
    const { data } = await federation.ask({ query: '{ notices(first: 100) { nodes { id system { code } } } }' });
    for (const [liar, victim] of pairs) {
      const own = listAt(data, 'notices', 'nodes').find((node) => at(node, 'system', 'code') === liar);
      const before = told(liar);
      await federation.make(as(victim, spoiledRecords.foreignIds), [liar]);
      const single = await federation.ask({
        query: 'query One($id: ID!) { notice(id: $id) { title } }',
        variables: { id: textAt(own, 'id') },
      });
      expect({ data: single.data, codes: single.errors.map(({ code }) => code) }).toEqual({
        data: { notice: null },
        codes: ['SYSTEM_FAILED'],
      });
      expect(told(liar)).toBe(before + 1);
      await federation.heal();
    }
  });

  test('the record behind a notice, told as another system’s: dropped with the whole answer', async () => {
    const query = `{ notices(first: 100) { nodes { id record { id } } ${wholeCoverage} } }`;
    const [liar = '', victim = ''] = pairs[0] ?? [];
    const notices = (node: unknown): unknown => at(node, 'id');
    const before = told(liar);
    const own = new Set(
      listAt((await federation.ask({ query: '{ notices(first: 100) { nodes { id system { code } } } }' })).data, 'notices', 'nodes')
        .filter((node) => at(node, 'system', 'code') === liar)
        .map(notices),
    );
    await federation.make(as(victim, recordsOf), [liar]);
    const { data } = await federation.ask({ query });
    expect(listAt(data, 'notices', 'nodes').filter((node) => own.has(notices(node)))).toEqual([]);
    expect(at(data, 'notices', 'coverage')).toEqual(coverageWithout(federation, { system: liar, reason: 'INVALID_ANSWER' }));
    expect(told(liar)).toBeGreaterThan(before);
  });

  test('entities of the liar alone are lost, the rows of all stand', async () => {
    const query = '{ notices(first: 100) { nodes { system { code } record { __typename receivedAt ... on TenderNotice { title } } } } }';
    const whole = await federation.ask({ query });
    for (const [liar, victim] of pairs) {
      await federation.make(
        (answer) => (answer.request.includes('_entities') ? as(victim, spoiledRecords.foreignIds)(answer) : { body: answer.text }),
        [liar],
      );
      const { data, errors } = await federation.ask({ query });
      expect(listAt(data, 'notices', 'nodes')).toEqual(
        listAt(whole.data, 'notices', 'nodes').map((node) =>
          at(node, 'system', 'code') === liar ? changed(node, { record: null }) : node,
        ),
      );
      expect(errors.map(({ code, extensions }) => [code, extensions['system']])).toEqual([['SYSTEM_FAILED', liar]]);
      await federation.heal();
    }
  });

  test('a system is called what the routing table calls it, whatever it says', async () => {
    const query = '{ notices(first: 100) { nodes { system { name } } } dealStatistics(by: [SYSTEM]) { groups { key { code label } } } }';
    const whole = await federation.ask({ query });
    const names = new Map(federation.province.systems.map(({ code, name }) => [code, name]));
    for (const [liar, victim] of pairs) {
      const [own, others] = [names.get(liar) ?? '', names.get(victim) ?? ''];
      await federation.make(({ text }) => ({ body: text.replaceAll(own, others) }), [liar]);
      expect((await federation.ask({ query })).data).toEqual(whole.data);
      await federation.heal();
    }
  });

  test('statistics by system: nobody counts for another', async () => {
    const query = (partial: boolean): string =>
      `{ dealStatistics(by: [SYSTEM], partial: ${partial}) { groups { key { code } deals } ${wholeCoverage} } }`;
    const whole = await federation.ask({ query: query(false) });
    for (const [liar, victim] of pairs) {
      if (!listAt(whole.data, 'dealStatistics', 'groups').some((group) => at(group, 'key', 0, 'code') === liar)) continue;
      await federation.make(as(victim, spoiledRecords.foreignSystemCodes), [liar]);
      const { data } = await federation.ask({ query: query(true) });
      expect(listAt(data, 'dealStatistics', 'groups')).toEqual(
        listAt(whole.data, 'dealStatistics', 'groups').filter((group) => at(group, 'key', 0, 'code') !== liar),
      );
      await federation.heal();
    }
  });
});

describe('Standing where another system should', () => {
  test('every system at every other’s address is refused: the request was signed for another', async () => {
    const urls = new Map(federation.systems.map(({ system: { code }, url }) => [code, url]));
    for (const [place, row] of federation.routes.entries()) {
      for (const other of federation.routes.filter(({ code }) => code !== row.code)) {
        federation.gateway.setSystems(federation.routes.with(place, { ...row, url: urls.get(other.code) ?? '' }));
        const { data } = await federation.ask({ query: `{ notices(first: 1) { totalCount ${wholeCoverage} } }` });
        expect(at(data, 'notices', 'coverage')).toEqual(coverageWithout(federation, { system: row.code, reason: 'REFUSED' }));
      }
    }
    federation.gateway.setSystems(federation.routes);
    expect(federation.events).toContainEqual({ kind: 'system-refused', system: federation.routes[0]?.code, why: 'UNAUTHENTICATED' });
  });
});

/** Only what stands behind a notice is another system's. */
const recordsOf: Garbage = (answer) => {
  const { text, other } = answer;
  const change = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => change(item, key));
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item, name)]));
    if (key !== 'record') return inner;
    const { body } = spoiledRecords.foreignIds({ ...answer, other, text: JSON.stringify({ data: { root: inner } }) });
    return at(JSON.parse(body), 'data', 'root');
  };
  return { body: JSON.stringify(change(JSON.parse(text), '')) };
};
