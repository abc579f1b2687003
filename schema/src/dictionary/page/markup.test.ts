import { describe, expect, test } from 'vitest';

import { asItStands, between, markup } from './markup.ts';

describe('HTML by templates', () => {
  test('what is put in is text, wherever it stands', () => {
    const hostile = `"><script>alert('1')</script>&amp;`;
    expect(markup`<a title="${hostile}">${hostile}</a>`.html).toBe(
      '<a title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</a>',
    );
  });

  test('markup, numbers, lists and nothing', () => {
    expect(markup`<b>${markup`<i>${'<'}</i>`}${1}${['a', [markup`<br>`, '&']]}${undefined}${''}</b>`.html).toBe(
      '<b><i>&lt;</i>1a<br>&amp;</b>',
    );
    expect(asItStands('<style>').html).toBe('<style>');
  });

  test('separators stand between what is there', () => {
    expect(markup`${between(' · ', ['a', '', undefined, markup`<b>b</b>`, 'c'])}`.html).toBe('a · <b>b</b> · c');
    expect(markup`${between(' · ', [])}`.html).toBe('');
  });
});
