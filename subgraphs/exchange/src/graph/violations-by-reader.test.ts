import { expect, test } from 'vitest';

import { exchangeLaw } from '../store/exchange-law.ts';
import { violationsByReader } from './violations-by-reader.ts';

test('words of the nation are for government, unless they quote a person’s number', () => {
  const said = (messageZh: string) => ({ rule: 'NATION', severity: 'refusal', field: '', messageZh, messageEn: messageZh }) as const;
  const { violations, restrictedViolations } = violationsByReader(exchangeLaw(), 'SECTION', [
    said('标段名称与招标项目不符'),
    said('负责人 11010519491231002X 已登记'),
  ]);
  expect([violations, restrictedViolations].map((list) => list.map(({ messageZh }) => messageZh))).toEqual([
    ['标段名称与招标项目不符'],
    ['负责人 11010519491231002X 已登记'],
  ]);
});
