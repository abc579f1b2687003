import { type Province, dealCodeCheck } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { openProvinceFolder } from '../../province-folder.ts';
import { documentOf, lawDatasets, toyFolder } from '../../testing/province-folders.ts';
import { readNames } from '../names.ts';
import { settingOf } from '../setting.ts';
import { drawAll } from './draw.ts';
import { offeredBy, readScenario } from './read-scenario.ts';
import { sourcesOf } from './sources.ts';
import { type Stage, stageOf, stageScope } from './stage.ts';
import { readTemplate, render } from './template.ts';
import { lookUp, partsIn, type Scope, textOf } from './value.ts';

const folder = await openProvinceFolder(toyFolder);
const province: Province = folder.province;
const names = readNames({
  ...Object(await documentOf(folder, 'names.json')),
  roles: { maker: { lines: ['玩具厂'], count: 9 } },
  bodies: { school: ['第一小学'] },
});
const setting = settingOf(province, names, { system: province.systems[0]?.code ?? '', seed: 'draw', today: '2026-11-22' });
const contract = 'construction';
const offering = await documentOf(folder, `scenarios/${contract}.json`);
const offered = offeredBy(offering, contract);
const awards = readScenario(offering, { contract, datasets: lawDatasets(), names });
const stageAt = (scale: number): Stage =>
  stageOf({ setting, scale, seed: 'story', number: 4, starts: [-30, -30], source: sourcesOf(setting, [awards], 0.1) });

/** Draws variables as they are written in a file. */
function drawn(written: Readonly<Record<string, unknown>>, scale = 1): Scope {
  const document = {
    about: '',
    stories: [{ name: 's', perSystem: 1, starts: [-30, -30], let: written, steps: [{ dataset: 'PROJECT', at: 'start' }] }],
  };
  const [story] = readScenario(document, { contract: 'toys', datasets: lawDatasets(), names, offered }).stories;
  const stage = stageAt(scale);
  return drawAll(story?.lets ?? {}, { stage, scope: stageScope(stage), seed: 'story', index: 0 });
}
const shown = (scope: Scope, text: string, digits?: number): string => render(readTemplate(text), scope, digits);
const members = (scope: Scope, list: string, ...path: readonly string[]): readonly string[] =>
  [...partsIn(lookUp(scope, [list]))].map((part) => textOf(lookUp({ own: part.members, outer: undefined }, path)));

describe('numbers', () => {
  test.each([
    [{ number: [3, 5] }, /^[345]$/],
    [{ number: [0.5, 0.75], decimals: 2 }, /^0\.(?:[56]\d?|7[0-5]?)$/],
    [{ number: [7, 7], log: true }, /^7$/],
  ])('%j', (rule, form) => {
    const scope = drawn({ all: { repeat: 50, let: { x: rule } } });
    expect(members(scope, 'all', 'x').filter((text) => !form.test(text))).toEqual([]);
  });

  test('with log, half lie below the geometric middle', () => {
    const all = members(drawn({ all: { repeat: 600, let: { x: { number: [1, 10_000], log: true } } } }), 'all', 'x');
    const small = all.filter((text) => Number(text) < 100).length;
    expect(Math.abs(small - 300)).toBeLessThan(60);
  });
});

describe('parts', () => {
  const scope = drawn({
    n: { pick: ['3'] },
    lot: { repeat: 'n', let: { who: { company: 'maker' }, price: { times: ['no', [2, 2]] } } },
    lots: { count: 'lot' },
    codes: { join: 'lot.no' },
    best: { least: 'lot.price' },
    worst: { most: 'lot.price' },
    none: { repeat: 0 },
    nobody: { least: 'none.no' },
  });

  test('count, join, least, most; of nothing nothing', () => {
    expect(shown(scope, '{lots} {codes} {best.no} {worst.price} [{nobody.no}]')).toBe('3 1;2;3 1 6 []');
  });

  test('each has another company, while there are any', () => {
    expect(new Set(members(scope, 'lot', 'who', 'code')).size).toBe(3);
    const all = drawn({ lot: { repeat: 9, let: { who: { company: 'maker' } } } });
    expect(new Set(members(all, 'lot', 'who', 'code')).size).toBe(9);
  });

  test('what scales shrinks with the scale and never grows', () => {
    const count = (scale: number): string => shown(drawn({ line: { repeat: 200, scaled: true }, n: { count: 'line' } }, scale), '{n}');
    expect([count(0.001), count(0.5), count(1), count(3)]).toEqual(['1', '100', '200', '200']);
  });
});

describe('names alone', () => {
  const scope = drawn({
    late: { pick: ['1'] },
    days: { pick: ['-7'] },
    hour: { pick: ['10:00'] },
    day: { day: [0, 0], clock: '09:30' },
    before: { day: 'days', after: 'day', clock: 'hour' },
    chosen: { case: 'late', of: { 1: '{before}', '*': '{day}' } },
    lot: { repeat: 4, let: { who: { company: 'maker' }, price: { times: ['no', [2, 2]] } } },
    best: { most: 'lot.price', first: 2 },
    winner: '{best.2}',
    none: { case: 'late', of: { 1: '', '*': '{best.1}' } },
    list: { join: 'best.price', with: '、' },
  });

  test('stand for what has the name: a moment, a part; an empty one for nothing', () => {
    expect([shown(scope, '{chosen}', 14), shown(scope, '[{none.price}]')]).toEqual(['20261016100000', '[]']);
    expect(shown(scope, '{winner.price} {winner.who.code}')).toBe(shown(scope, '6 {lot.3.who.code}'));
  });

  test('the first so many are parts with their ranks', () => {
    expect(shown(scope, '{list}: {best.1.rank} {best.2.rank} [{best.3.rank}]')).toBe('8、6: 1 2 []');
  });
});

describe('the rest', () => {
  test('a day before lies before, when a weekend comes between too', () => {
    const scope = drawn({ first: { day: [0, 0], clock: '09:30' }, five: { day: [-5, -5], after: 'first', clock: '10:00' } });
    // Five days before Friday, 23 October, is Sunday: the Friday before that.
    expect([shown(scope, '{five}', 8), shown(scope, '{first:4}')]).toEqual(['20261016', '2026']);
  });

  test('items of a pick are templates; hexadecimal digits; experts and people of one place', () => {
    const scope = drawn({
      a: { pick: ['x'] },
      b: { pick: [{ name: '<{a}>' }] },
      c: { hex: 12 },
      all: { repeat: 30, let: { own: { person: 'staff' }, expert: { person: 'expert' } } },
    });
    expect(shown(scope, '{b.name} {c}')).toMatch(/^<x> [0-9a-f]{12}$/);
    const experts = new Set(setting.market.experts.map(({ idCard }) => idCard));
    expect(members(scope, 'all', 'expert', 'idCard').filter((code) => !experts.has(code))).toEqual([]);
    const everybody = new Set([...experts, ...setting.market.persons.map(({ idCard }) => idCard)]);
    expect(members(scope, 'all', 'own', 'idCard').filter((code) => everybody.has(code))).toEqual([]);
    expect(new Set(members(scope, 'all', 'own', 'idCard')).size).toBe(30);
  });

  test('a case falls back to its star, and to nothing', () => {
    const scope = drawn({ a: { pick: ['x'] }, b: { case: 'a', of: { y: '1', '*': '<{a}>' } }, c: { case: 'a', of: { y: '1' } } });
    expect(shown(scope, '{b}|{c}')).toBe('<x>|');
  });

  test('a moment is written as its place needs it, and moves to a workday', () => {
    const scope = drawn({ first: { day: [0, 0], clock: '09:30' }, next: { day: [5, 5], after: 'first', clock: '10:00' } });
    // 30 days before is Friday, 23 October; five days on, Wednesday.
    expect([shown(scope, '{first}', 14), shown(scope, '{first}', 8), shown(scope, '于{next}')]).toEqual([
      '20261023093000',
      '20261023',
      '于2026年10月28日',
    ]);
  });

  test('deal codes verify, and differ within a story', () => {
    const lot = { repeat: 5, let: { deal: { deal: 'class' } } };
    const scope = drawn({ class: { pick: ['C01'] }, tender: { repeat: 2, let: { lot, all: { join: 'lot.deal' } } } });
    const codes = members(scope, 'tender', 'all').flatMap((text) => text.split(';'));
    expect(codes.map((code) => dealCodeCheck(code.slice(0, 38)))).toEqual(codes.map((code) => code.at(39)));
    expect(new Set(codes).size).toBe(10);
  });

  test('bodies are of the place, persons have the birthday of their number', () => {
    const scope = drawn({ school: { body: 'school' }, who: { person: true } });
    expect(shown(scope, '{school.name}')).toContain(`${names.example}第一小学`);
    expect(shown(scope, '{who.birth}', 8)).toBe(shown(scope, '{who.idCard}').slice(6, 14));
  });

  test('everybody is told once', () => {
    const codes = members(drawn({ org: { every: 'organisations' } }), 'org', 'code');
    expect(codes.length).toBeGreaterThan(200);
    expect(new Set(codes).size).toBe(codes.length);
    const winners = members(drawn({ award: { every: 'awards' } }), 'award', 'winner', 'code');
    expect(winners.length).toBeGreaterThan(1);
    expect(winners.filter((code) => !codes.includes(code))).toEqual([]);
  });
});
