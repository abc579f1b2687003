import { expect, test } from 'vitest';

import { noticeHtml } from './notice-html.ts';

test('a body has title, numbered parts, tables and a signature; text is text', () => {
  expect(
    noticeHtml(
      '甲 & 乙',
      [
        { heading: '范围', lines: ['<一>'] },
        { heading: '标段', lines: [], table: { head: ['编号'], rows: [['1']] } },
      ],
      '丙',
    ),
  ).toBe(
    '<h2>甲 &amp; 乙</h2><h3>一、范围</h3><p>&lt;一&gt;</p><h3>二、标段</h3>' +
      '<table><tr><th>编号</th></tr><tr><td>1</td></tr></table><p class="sign">丙</p>',
  );
});
