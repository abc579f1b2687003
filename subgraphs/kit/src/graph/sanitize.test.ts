import { describe, expect, test } from 'vitest';

import { sanitizeNotice } from './sanitize.ts';

describe('graph.md: a notice’s html is safe to embed', () => {
  test.each([
    ['script', '<p>甲</p><script>alert(1)</script><p>乙</p>', '<p>甲</p><p>乙</p>'],
    ['script that is not closed', '<p>甲</p><script>alert(1)', '<p>甲</p>'],
    ['script in pieces', '<scr<script>ipt>alert(1)</scr</script>ipt>', 'ipt&gt;alert(1)ipt&gt;'],
    [
      'handlers',
      '<p onclick="x()" ONMOUSEOVER=x()>甲</p><a href="https://a.example" onclick=x>乙</a>',
      '<p>甲</p><a href="https://a.example">乙</a>',
    ],
    [
      'javascript addresses',
      '<a href="javascript:alert(1)">甲</a><a href=" JaVaScRiPt:x">乙</a><a href="java&#10;script:x">丙</a>',
      '<a>甲</a><a>乙</a><a>丙</a>',
    ],
    ['data addresses', '<a href="data:text/html,x">甲</a>', '<a>甲</a>'],
    ['svg and math', '<svg onload="x()"><a href="javascript:x">甲</a></svg><math><mtext>乙</mtext></math>', '<a>甲</a>乙'],
    ['frames', '<iframe src="https://a.example"></iframe><frame src="x"><object data="x"></object><embed src="x">', ''],
    ['style', '<style>p{background:url(x)}</style><p style="background:url(x)" class="c" id="i">甲</p>', '<p>甲</p>'],
    [
      'what loads',
      '<img src="https://a.example/x.png"><video src="x"></video><link rel="stylesheet" href="x"><base href="x"><meta http-equiv="refresh">',
      '',
    ],
    ['forms', '<form action="https://a.example"><input name="a"><button>交</button></form>', '交'],
    ['comments', '<!--[if IE]><script>x</script><![endif]--><p>甲</p>', '<p>甲</p>'],
  ])('without %s', (_, html, clean) => {
    expect(sanitizeNotice(html)).toBe(clean);
    expect(sanitizeNotice(html), 'remembered').toBe(clean);
  });

  test('with headings, lists, tables and links', () => {
    const html =
      '<h1>标题</h1><ul><li>一</li></ul><table><tr><td colspan="2">格</td></tr></table><a href="https://a.example/f.pdf" title="t">附件</a><br /><b>重</b>';
    expect(sanitizeNotice(html)).toBe(html);
  });
});
