import { expect, test } from 'vitest';

import { table } from './table.ts';
import { widthOf } from './width.ts';

test('a Chinese character takes two columns, a combining mark none', () => {
  expect(['code', '代码', '（ｂ）', 'é', '“x”', '𠮷', '①'].map(widthOf)).toEqual([4, 4, 6, 1, 3, 2, 1]);
});

test('columns stand one below the other whatever is in them', () => {
  expect(
    table([
      ['代码 code', '名称 name', '版本'],
      ['xingcheng', '星城公共资源交易中心', '1'],
      ['y', '', ''],
    ]),
  ).toEqual(['代码 code  名称 name             版本', 'xingcheng  星城公共资源交易中心  1', 'y']);
});

test('what a system is called cannot move the cursor or break a line', () => {
  expect(table([['a\u001B[31m\nb', 'c\u202Ed']])).toEqual(['a [31m b  c d']);
});
