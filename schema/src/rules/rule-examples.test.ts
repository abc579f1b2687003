/**
 * Every rule behaves as its own examples say, and no rule that was ever in force is gone.
 */
import { readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import type { DataRule, Example } from './data-rule.ts';
import { factsOf } from './facts.ts';
import { type RuleVerdict, judgeByRules } from './judge.ts';
import { ruleBook } from './rule-book.ts';

const book = ruleBook();

/** An example before all rules of its dataset that hold with its rule. */
function judge({ dataset, validFrom }: DataRule, { fields, related, earlier }: Example, waitedHours: number): RuleVerdict {
  const standing = related.map((known, place) => ({ ...known, key: `related ${place}`, system: known.system ?? 'here' }));
  const record = { system: 'here', dataset, key: 'example', op: 'put', fields, sourceKind: 'SYSTEM', waitedHours } as const;
  return judgeByRules(book.rulesFor(dataset, validFrom), record, factsOf('here', standing, earlier));
}

describe.each(book.rules.map((rule) => ({ id: rule.id, rule })))('$id', ({ rule }) => {
  test('its passing example keeps every rule', () => {
    expect(judge(rule, rule.passes, 0)).toEqual({ refusals: [], warnings: [], waits: [] });
  });

  test('its failing example breaks this rule and no other', () => {
    const { refusals, warnings, waits } = judge(rule, rule.fails, Infinity);
    expect([...refusals, ...warnings, ...waits].map(({ rule: id, severity }) => ({ id, severity }))).toEqual([
      { id: rule.id, severity: rule.severity },
    ]);
  });

  test('it is told in Chinese and in English, with its ground', () => {
    expect(rule.messageZh).toMatch(/^\p{Script=Han}.*。$/su);
    expect(rule.messageEn).toMatch(/^[A-Z][^\p{Script=Han}]*\.$/u);
    expect(rule.source).toMatch(/^(?:V2\.0|exchange\.md|identifiers\.md|practice|《)/);
  });
});

test('rules that landed are there for good, and every rule has landed', () => {
  const landed = readFileSync(new URL('../../rules/landed.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  expect(landed.filter((line) => !/^\d{4}-\d{2}-\d{2} [A-Z0-9_]+$/.test(line))).toEqual([]);
  expect(landed.map((line) => line.slice(11)).toSorted()).toEqual(book.rules.map(({ id }) => id).toSorted());
});
