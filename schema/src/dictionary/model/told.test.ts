import { expect, test } from 'vitest';

import { told } from './told.ts';

test.each([
  ['公告标题', { name: '公告标题', note: '', en: '' }],
  [
    '元，真实金额才有。Exact yuan, only for a true amount.',
    { name: '元', note: '真实金额才有', en: 'Exact yuan, only for a true amount.' },
  ],
  ['项目行业分类，门类字母加两位大类', { name: '项目行业分类', note: '门类字母加两位大类', en: '' }],
  [
    '统一交易标识码（40 位，含连字符）。标准 第 3 节；校验。',
    { name: '统一交易标识码（40 位，含连字符）', note: '标准 第 3 节；校验', en: '' },
  ],
  [
    '项目：母体。一个项目可有多个招标项目。The undertaking.',
    { name: '项目', note: '母体。一个项目可有多个招标项目', en: 'The undertaking.' },
  ],
  ['时刻，ISO 8601，固定 +08:00。An instant.', { name: '时刻', note: 'ISO 8601，固定 +08:00', en: 'An instant.' }],
  ['', { name: '', note: '', en: '' }],
])('«%s»', (description, parts) => expect(told(description)).toEqual(parts));
