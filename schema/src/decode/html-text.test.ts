import { describe, expect, test } from 'vitest';

import { htmlToText } from './html-text.ts';

describe('the text of a notice', () => {
  test.each([
    ['<p>一、招标条件</p>\n  <p>二、<b>项目</b>概况</p>', '一、招标条件\n二、项目概况'],
    ['<table><tr><td>中标人</td><td>甲公司</td></tr><tr><td>价</td><td>5&nbsp;元</td></tr></table>', '中标人\t甲公司\n价\t5 元'],
    ['甲<br>乙<br/>丙', '甲\n乙\n丙'],
    ['<script>steal("<p>")</script><style>p{}</style><!-- 注 -->甲', '甲'],
    ['甲<script>未完', '甲'],
    ['&ldquo;甲&rdquo;&#8212;&#x4e59;&amp;&lt;p&gt;&Oslash;', '“甲”—乙&<p>Ø'],
    ['&unknownx;&#0;&#xD800;&#9999999;', '&unknownx;&#0;&#xD800;&#9999999;'],
    ['金额 <5 万元，且 >3 万元', '金额 <5 万元，且 >3 万元'],
    ['&amp;lt;', '&lt;'],
    ['', ''],
  ])('%j', (html, text) => expect(htmlToText(html)).toBe(text));

  test('hostile markup costs no more than its length', () => {
    const started = performance.now();
    for (const piece of ['<script', '<!--', '<p ', '&amp', '<td', ' \t', '\n \n']) htmlToText(piece.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
