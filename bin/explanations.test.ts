/** What explains itself does so in both languages. */
import { sourceFaults } from '@hub/exchange/cli';
import { ruleBook } from '@hub/schema';
import { expect, test } from 'vitest';

import { ownExplanations } from './explanations.ts';

const chinese = /\p{Script=Han}/u;

test('every rule that is data and every fault of a source has words, in both languages', () => {
  const own = new Map(ownExplanations().map((told) => [told.code, told]));
  const codes = [...ruleBook().rules.map(({ id }) => id), ...Object.keys(sourceFaults)];
  const without = codes.filter((code) => {
    const { zh = '', en = '', remedyZh = '', remedyEn = '' } = own.get(code) ?? {};
    return ![zh, remedyZh].every((text) => chinese.test(text)) || [en, remedyEn].some((text) => text === '' || chinese.test(text));
  });
  expect([codes.length > 100, without]).toEqual([true, []]);
});
