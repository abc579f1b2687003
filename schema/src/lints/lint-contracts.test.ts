import { describe, expect, test } from 'vitest';

import { readLawFiles } from '../../codegen/load-contracts.ts';
import { boards } from './cases/boards.ts';
import { keys } from './cases/keys.ts';
import { names } from './cases/names.ts';
import { partitions } from './cases/partitions.ts';
import { relations } from './cases/relations.ts';
import { seals } from './cases/seals.ts';
import { visibilities } from './cases/visibilities.ts';
import { wires } from './cases/wires.ts';
import { type Pointed, type WrongContract, hubHead, statistics, thing, trade } from './cases/wrong-contract.ts';
import { type Finding, printFinding } from './finding.ts';
import { lintContracts } from './lint-contracts.ts';
import { lints } from './lints.ts';

const wrong = { ...names, ...visibilities, ...wires, ...keys, ...relations, ...seals, ...boards, ...partitions };
const law = readLawFiles();
const board = law.contracts.filter((sdl) => sdl.includes('name: "board"'));

function lintTrade({ sdl, beside = board }: Pick<WrongContract, 'sdl' | 'beside'>): readonly Finding[] {
  return lintContracts({ ...law, contracts: [...beside, sdl] });
}

/** What is asserted of a finding besides its texts. */
function pointed(sdl: string, code: string, { at, type, field }: Pointed): Omit<Finding, 'messageZh' | 'messageEn'> {
  const before = sdl.slice(0, sdl.lastIndexOf(at)).split('\n');
  const contract = /name: "([^"]+)"/.exec(sdl)?.[1] ?? '';
  return { code, contract, type, ...(field === undefined ? {} : { field }), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

describe('contracts that keep the law', () => {
  test('the released ones', () => {
    expect(lintContracts(law).map(printFinding)).toEqual([]);
  });

  test.each([
    ['one dataset', trade(thing())],
    ['one dataset with statistics', trade(thing(), statistics)],
    ['a register', `${hubHead}\n${thing()}`],
  ])('%s', (_, sdl) => {
    expect(lintTrade({ sdl }).map(printFinding)).toEqual([]);
  });
});

describe('contracts with one fault', () => {
  const cases = Object.entries(wrong).flatMap(([code, all]) => all.map((one, index) => ({ code, name: `${code} ${index + 1}`, one })));

  test.each(cases)('$name', ({ code, one }) => {
    const findings = lintTrade(one).map(({ messageZh: _zh, messageEn: _en, ...finding }) => finding);
    expect(findings).toEqual([one, ...(one.and ?? [])].map((place) => pointed(one.sdl, code, place)));
  });

  test.each(cases)('$name is told in Chinese and in English', ({ one }) => {
    for (const { messageZh, messageEn } of lintTrade(one)) {
      expect(messageZh).toMatch(/\p{Script=Han}.*。$/su);
      expect(messageEn).toMatch(/^[^\p{Script=Han}]/u);
      expect(messageEn).toMatch(/\.$/);
      expect(`${messageZh}${messageEn}`).not.toMatch(/undefined|NaN|\[object/);
    }
  });
});

describe('the list of lints', () => {
  test('every lint has a contract that breaks it, and no contract is for a lint that is gone', () => {
    expect(Object.keys(wrong).toSorted()).toEqual(lints.map(({ code }) => code).toSorted());
  });

  test('ids are unique and in upper case', () => {
    const codes = lints.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[A-Z]+(?:_[A-Z]+)*$/.test(code))).toEqual([]);
  });
});

describe('texts that are no contracts', () => {
  test('a syntax error is told with its place, and nothing else is guessed', () => {
    const [finding, ...others] = lintTrade({ sdl: `${trade(thing())}\ntype {` });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'CONTRACT_UNREADABLE', contract: '#2', type: '', line: 5, column: 6 });
  });

  test('so is a text without @contract', () => {
    expect(lintTrade({ sdl: thing() }).map(({ code, line, column }) => ({ code, line, column }))).toEqual([
      { code: 'CONTRACT_UNREADABLE', line: 1, column: 1 },
    ]);
  });
});

test('many faults are told at once, in the order of the text', () => {
  const sdl = trade(thing('name: String @wire(code: "NAME", type: "C..x", list: "NONE")', 'other: Text @visibility(to: PUBLIC)'));
  expect(lintTrade({ sdl }).map(({ code, field, line }) => `${line} ${field} ${code}`)).toEqual([
    '4 name DESCRIPTION_MISSING',
    '4 name VISIBILITY_MISSING',
    '4 name WIRE_TYPE_INVALID',
    '4 name WIRE_LIST_UNKNOWN',
    '5 other DESCRIPTION_MISSING',
    '5 other WIRE_ABSENT',
    '5 other TYPE_UNKNOWN',
  ]);
});

test('a finding prints as one place and two sentences', () => {
  const [finding] = lintTrade({ sdl: trade(thing('"名称" name: String @wire(code: "NAME", type: "C..x") @visibility(to: PUBLIC)')) });
  expect(finding && printFinding(finding).split('\n')).toEqual([
    'trade.graphql:4:19 WIRE_TYPE_INVALID Thing.name',
    `  ${finding?.messageZh}`,
    `  ${finding?.messageEn}`,
  ]);
});
