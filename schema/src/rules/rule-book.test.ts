/**
 * Rules by date, what they ask for, and what a file that is wrong is told.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readLawFiles } from '../../codegen/load-contracts.ts';
import { printFinding } from '../lints/finding.ts';
import { lintContracts } from '../lints/lint-contracts.ts';
import { factsOf } from './facts.ts';
import { earlierWanted, factsWanted, judgeByRules } from './judge.ts';
import { kinds } from './kinds.ts';
import { dayOfRecord, ruleBook } from './rule-book.ts';
import { base, toyBook } from './toy-rules.ts';

const book = ruleBook();
const within = { kind: 'NUMBER_WITHIN', field: 'COUNT', atMost: '9' };

describe('a record is judged by the rules of its date', () => {
  const toy = toyBook({ ...within, id: 'TOY_OLD', validUntil: '2024-05-01' }, { ...within, id: 'TOY_NEW', validFrom: '2024-05-01' });

  test.each([
    ['2019-12-31', []],
    ['2020-01-01', ['TOY_OLD']],
    ['2024-04-30', ['TOY_OLD']],
    ['2024-05-01', ['TOY_NEW']],
    ['2099-01-01', ['TOY_NEW']],
  ])('%s', (day, ids) => expect(toy.rulesFor('LOT', day).map(({ id }) => id)).toEqual(ids));

  test('a dataset without rules has none', () => expect(toy.rulesFor('NONE', '2026-01-01')).toEqual([]));

  test('the limit that a regulation raised: thirty years until it, forty since', () => {
    const terms = (day: string) =>
      book
        .rulesFor('CONCESSION_PUB_INFO', day)
        .filter(({ id }) => id.endsWith('_YEARS'))
        .map(({ id }) => id);
    expect([terms('2024-04-30'), terms('2024-05-01')]).toEqual([['CONCESSION_NOTICE_THIRTY_YEARS'], ['CONCESSION_NOTICE_FORTY_YEARS']]);
  });

  test.each([
    ['20260801235959', '2026-08-01'],
    ['2026/8/1', '2026-08-01'],
    ['', '2026-11-23'],
    ['tomorrow', '2026-11-23'],
  ])('its date is that of DATA_TIMESTAMP «%s», else of its receipt: %s', (DATA_TIMESTAMP, day) => {
    expect(dayOfRecord({ DATA_TIMESTAMP }, '2026-11-22T17:00:00.000000Z')).toBe(day);
  });
});

describe('what rules ask for', () => {
  const of = { dataset: 'LOT', field: 'CODE', by: 'LOTS' };
  const record = {
    system: 'here',
    dataset: 'BID',
    key: 'k',
    op: 'put',
    fields: { LOTS: 'a; A;b', NUMBER: 'x' },
    sourceKind: 'SYSTEM',
  } as const;
  const toy = toyBook(
    { id: 'TOY_PARENT', kind: 'PARENT_EXISTS', dataset: 'BID', of },
    { id: 'TOY_SUM', kind: 'SUM_WITHIN', dataset: 'BID', of: { ...of, total: 'COUNT' } },
  );

  test('each question once, with the most that is wanted', () => {
    expect(factsWanted(toy.rulesFor('BID', '2026-01-01'), record)).toEqual(
      ['LOT', 'BID'].flatMap((dataset) =>
        ['A', 'B'].map((value) => ({ dataset, field: dataset === 'LOT' ? 'CODE' : 'LOTS', value, want: 'records', scope: 'SYSTEM' })),
      ),
    );
    expect(factsWanted(toy.rules, { ...record, op: 'withdraw' })).toEqual([]);
  });

  test('what must be kept for it, and under which codes a record is kept', () => {
    expect(toy.lookedUpFields()).toEqual([
      { dataset: 'BID', field: 'LOTS' },
      { dataset: 'LOT', field: 'CODE' },
    ]);
    expect(toy.lookedUpCodes('BID', { LOTS: 'a; A;b;', BIDDER: 'c' })).toEqual([
      { field: 'LOTS', value: 'A' },
      { field: 'LOTS', value: 'B' },
    ]);
    expect(toy.lookedUpCodes('LOT', { CODE: 'x'.repeat(201) })).toEqual([]);
  });

  test('an earlier version is wanted by rules about changes alone', () => {
    expect([earlierWanted(toy.rules), earlierWanted(book.rulesFor('SECTION', '2026-01-01'))]).toEqual([false, true]);
  });

  test('nothing is looked up by what is RESTRICTED', () => {
    const fields = { dataset: 'BID', field: 'NUMBER' };
    const rules = [
      { kind: 'PARENT_EXISTS', of: fields },
      { kind: 'UNIQUE', dataset: 'BID', fields: ['NUMBER'] },
    ];
    for (const rule of rules) expect(() => toyBook(rule)).toThrow(/是受限字段，不能据以查找/);
  });
});

test.each<[string, object, string]>([
  ['an unknown kind', { kind: 'MAGIC' }, 'TOY_RULE.kind 不是规则的种类'],
  ['an unknown dataset', { ...within, dataset: 'NONE' }, 'TOY_RULE.dataset 不是契约 toy 的数据集'],
  ['an unknown field', { ...within, field: 'NONE' }, 'TOY_RULE.field 不是数据集 LOT 的字段'],
  ['an unknown parameter', { ...within, atmost: '9' }, 'TOY_RULE.atmost 不是 NUMBER_WITHIN 的参数'],
  [
    'a parameter of the relation',
    { kind: 'PARENT_EXISTS', of: { dataset: 'BID', field: 'LOTS', by: 'CODE', at: 1 } },
    'TOY_RULE.of.at 不是这里的参数',
  ],
  ['a dataset of no contract', { kind: 'PARENT_EXISTS', of: { dataset: 'NONE', field: 'X' } }, 'TOY_RULE.of.dataset 不是任何契约的数据集'],
  ['a value outside a list known in full', { kind: 'VALUE_IN', field: 'KIND', values: ['1', '2'] }, 'TOY_RULE.values 2 不在代码表 KIND 中'],
  ['a condition of such a value', { ...within, when: 'KIND=3' }, 'TOY_RULE.when 3 不在代码表 KIND 中'],
  ['no condition at all', { ...within, when: 'KIND' }, 'TOY_RULE.when 不是条件'],
  ['an unknown identifier', { kind: 'CHECK_CHARACTER', field: 'CODE', identifier: 'isbn' }, 'TOY_RULE.identifier 不是已知的标识'],
  ['a text that is no date', { kind: 'DATES_IN_ORDER', fields: ['FROM', 'CODE'] }, 'TOY_RULE.fields[1] 不是日期或时刻的字段'],
  ['a text that is no number', { ...within, field: 'CODE' }, 'TOY_RULE.field 不是数或金额的字段'],
  [
    'an amount beside a bare number',
    { kind: 'AMOUNT_UNIT', amount: 'PRICE', against: 'BARE' },
    'TOY_RULE.against 一个有金额单位而另一个没有',
  ],
  ['a day that is none', { ...within, validFrom: '2020-02-30' }, 'TOY_RULE.validFrom 不是日期'],
  ['an end left out', { ...within, validUntil: undefined }, 'TOY_RULE.validUntil 缺失'],
  ['a severity that is none', { ...within, severity: 'error' }, 'TOY_RULE.severity 须为 refusal 或 warning'],
  ['a wait where none waits', { ...within, waitHours: 3 }, 'TOY_RULE.waitHours NUMBER_WITHIN 不等待'],
  [
    'an example with a field that is none',
    { ...within, fails: { fields: { NONE: '1' } } },
    'TOY_RULE.fails.fields.NONE 不是数据集 LOT 的字段',
  ],
  ['an id in small letters', { ...within, id: 'toy_rule' }, 'toy_rule.id 不是规则编号'],
])('%s is told with its file and rule', (_, rule, said) => {
  expect(() => toyBook(rule)).toThrow(`rules/toy.json 的 ${said}`);
  expect(() => toyBook(rule)).toThrow(expect.objectContaining({ code: 'CONTRACT_INVALID' }));
});

test('all faults at once, and an id that is there twice', () => {
  expect(() => toyBook(within, within, { kind: 'MAGIC' }, { ...within, severity: 'x' })).toThrow('校验规则有 3 处须改正');
  expect(() => toyBook(within, within)).toThrow('rules/toy.json 的 TOY_RULE 编号重复');
});

test('a contract whose rules are wrong is not generated from: the lint says where', () => {
  const law = readLawFiles();
  const rules = [{ contract: 'board', rules: [{ ...base, ...within, dataset: 'BOARD_DEAL', field: 'NONE' }] }];
  expect(lintContracts({ ...law, rules }).map(printFinding)).toEqual([
    expect.stringMatching(
      /^board\.graphql:\d+:\d+ RULE_INVALID\n {2}rules\/board\.json 的 TOY_RULE\.field 不是数据集 BOARD_DEAL 的字段。\n/,
    ),
  ]);
});

test('every kind is in use', () => {
  const used = new Set(book.rules.map(({ kind }) => kind));
  expect(kinds.filter(({ name }) => !used.has(name)).map(({ name }) => name)).toEqual([]);
});

test('judging never throws, whatever the record and its neighbours say', () => {
  const datasets = [...new Set(book.rules.map(({ dataset }) => dataset))].map((dataset) => {
    const rules = book.rulesFor(dataset, '2026-01-01');
    return { dataset, rules, names: [...new Set(rules.flatMap(({ search, when }) => [...search.reads, ...when.map(({ code }) => code)]))] };
  });
  const everyName = [...new Set(book.rules.flatMap(({ search }) => search.reads))];
  const everywhere = (value: string) => Object.fromEntries(everyName.map((name) => [name, value]));
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.constantFrom(
      '',
      ' ',
      ';',
      ';;',
      '1',
      '0',
      '-1',
      '1e9999',
      '20260231',
      '2026-08-01',
      '00000000000000',
      '9'.repeat(60),
      '\u0000',
      '__proto__',
    ),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const judged = fc.nat({ max: datasets.length - 1 }).chain((place) =>
    fc.record({
      place: fc.constant(place),
      fields: fc.dictionary(fc.constantFrom(...(datasets[place]?.names ?? [])), text),
      other: fc.dictionary(fc.constantFrom('BID_SECTION_CODE', 'PLATFORM_CODE', '__proto__', '其他'), text),
      earlier: fc.option(fc.dictionary(fc.constantFrom(...(datasets[place]?.names ?? [])), text), { nil: undefined }),
    }),
  );
  fc.assert(
    fc.property(judged, text, ({ place: at, fields, other, earlier }, value) => {
      const { dataset = '', rules = [] } = datasets[at] ?? {};
      const record = { system: 'here', dataset, key: 'k', op: 'put', fields, sourceKind: 'SYSTEM' } as const;
      const wanted = factsWanted(rules, record);
      // A neighbour that answers every question, and says anything else it likes.
      const known = wanted.map((lookup, place) => ({
        system: 'here',
        dataset: lookup.dataset,
        key: String(place),
        fields: {
          ...everywhere(value),
          ...other,
          [lookup.field]: lookup.value,
        },
      }));
      const verdict = judgeByRules(rules, record, factsOf('here', known, earlier));
      expect([...verdict.refusals, ...verdict.warnings].every(({ rule }) => rules.some(({ id }) => id === rule))).toBe(true);
    }),
    { numRuns: 100 },
  );
});
