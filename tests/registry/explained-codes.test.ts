/**
 * Every code that a command can print is explained: whoever adds one adds its words.
 * @see subgraphs/registry/src/cli/explain/codes.md
 */
import { checkCodes } from '@hub/bridge';
import { type Explanation, readExplanations } from '@hub/registry/cli';
import { errorCodes, ruleWords } from '@hub/schema';
import { describe, expect, test } from 'vitest';

import { hubIn } from '../support/hub-command.ts';
import { isTest, root, sources, textOf } from '../support/repository.ts';

const explanations = readExplanations();
const explained = new Set(explanations.map(({ list, code }) => `${list} ${code}`));

/** What is written in capitals there and is no code: words of GraphQL types, states, severities. */
const noCodes =
  /^(UPPER_CASE|IN_FORCE|PUBLIC_(PAYS|RECEIVES)|DEAL_STATE|NOTICE_STAGE|INPUT_FIELD|CONTRACTS_(SEEDED|PROPOSED|IN_FORCE|REJECTED|ROLLED_BACK))$/;

/** @returns What stands in capitals in the sources of a folder. */
function codesIn(folder: string, form: RegExp): readonly string[] {
  const texts = sources.filter((path) => path.startsWith(folder) && !isTest(path) && !path.includes('/cases/')).map(textOf);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(form)].flatMap(([, code]) => code ?? [])))].filter(
    (code) => !noCodes.test(code),
  );
}

/** Found before there is a record to be counted: by the bridge, and when a record is sent. */
const withoutRecord: readonly string[] = ['ROW_KEY_MISSING', 'ROW_KEY_REPEATED', 'KEY_OF_ANOTHER_SENDER', 'WITHDRAWAL_UNKNOWN'];

const quoted = /'([A-Z]+(?:_[A-Z]+)+)'/g;
const ofKind = /`\$\{kind\}_([A-Z_]+)`/g;
const kinds = { checks: ['TYPE', 'FIELD', 'ARGUMENT', 'VALUE'], contracts: ['ARGUMENT', 'INPUT_FIELD'] };

const lists: readonly (readonly [string, readonly string[]])[] = [
  ['错误码 · Errors', Object.keys(errorCodes)],
  ['发布检查 · Checks of a system’s SDL', codesIn('subgraphs/registry/src/checks/', quoted).filter((code) => !(code in errorCodes))],
  ['发布检查 · Checks of a system’s SDL', byKind('subgraphs/registry/src/checks/', kinds.checks)],
  ['契约变更 · Changes of contracts / 契约自身的检查 · Lints of contracts', codesIn('subgraphs/registry/src/contracts/', quoted)],
  ['契约变更 · Changes of contracts', byKind('subgraphs/registry/src/contracts/', kinds.contracts)],
  ['契约自身的检查 · Lints of contracts', codesIn('schema/src/lints/rules/', /code: '([A-Z_]+)'/g)],
  ['记录检查 · Rules of records', codesIn('schema/src/validate/rules/', /id: '([A-Z_]+)'/g)],
  ['桥接检查 · Checks of a bridge', Object.keys(checkCodes)],
  [
    '记录检查 · Rules of records',
    [...codesIn('subgraphs/bridge/src/', /rule: '([A-Z_]+)'/g), ...codesIn('subgraphs/kit/src/', /rule: '([A-Z_]+)'/g)],
  ],
  ['记录检查 · Rules of records', codesIn('subgraphs/exchange/src/', /(?:rule: |refusal\(\s*)'([A-Z]+(?:_[A-Z]+)+)'/g)],
];

function byKind(folder: string, words: readonly string[]): readonly string[] {
  return codesIn(folder, ofKind).flatMap((end) => words.map((word) => `${word}_${end}`));
}

describe('hub explain', () => {
  test.each(lists)('has words for each code of: %s', (list, codes) => {
    expect(codes.length).toBeGreaterThan(1);
    expect(codes.filter((code) => !list.split(' / ').some((heading) => explained.has(`${heading} ${code}`)))).toEqual([]);
  });

  test('tells each list’s codes once, in both languages, with a remedy', () => {
    const names = explanations.map(({ list, code }) => `${list} ${code}`);
    expect(names.filter((code, place) => names.indexOf(code) !== place)).toEqual([]);
    expect(explanations.filter((told) => !hasWords(told))).toEqual([]);
  });

  test('says of a rule what pages say of it that count', () => {
    const told = explanations.filter(({ list, code }) => list === '记录检查 · Rules of records' && !withoutRecord.includes(code));
    expect(told.map(({ code }) => ruleWords(code))).toEqual(told.map(({ zh, en }) => ({ zh, en })));
  });

  test('knows the audits, and names the nearest to what it does not know', { timeout: 20_000 }, async () => {
    const hub = hubIn(root);
    expect(await hub('explain', 'sign-001')).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('PROTOCOL.md') });
    expect(await hub('explain', 'FELD_MISSING')).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^✗ 没有编号 FELD_MISSING。最接近的：FIELD_MISSING、/),
    });
  });
});

const chinese = /\p{Script=Han}/u;

function hasWords(told: Omit<Explanation, 'code'> | undefined): boolean {
  if (told === undefined) return false;
  const { zh, en, remedyZh, remedyEn } = told;
  return [zh, remedyZh].every((text) => chinese.test(text)) && ![en, remedyEn].some((text) => text === '' || chinese.test(text));
}
