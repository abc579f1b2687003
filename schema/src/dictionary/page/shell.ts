/**
 * What every page of the dictionary has: head, search, ways to the others. Self-contained: no address but the hub's own.
 * @see design/toolchain.md «Explorer»
 */
import { type Content, type Markup, asItStands, markup } from './markup.ts';
import { searchScript } from './search-script.ts';
import { style } from './style.ts';

/** One page. */
export interface PageParts {
  readonly title: string;
  /** Path of the page, to mark it among the ways. */
  readonly path: string;
  /** What stands beside the text on a desk and above it on a phone; undefined: nothing. */
  readonly side?: Content;
  readonly body: Content;
}

const ways = [
  ['/dictionary', '契约'],
  ['/dictionary/codes', '代码表'],
  ['/dictionary/types', '类型'],
  ['/', '查询台'],
] as const;

/** @returns The page as a document. */
export function printPage({ title, path, side, body }: PageParts): string {
  const page = markup`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · 数据字典</title>
<style>${asItStands(style)}</style>
</head>
<body>
<a class="skip" href="#main">跳到正文 Skip to the text</a>
<header class="top">
<a class="name" href="/dictionary">数据字典 <span lang="en">Data dictionary</span></a>
<nav aria-label="栏目 Sections">${ways.map((way) => link(way, path))}</nav>
<search class="find" hidden>
<input type="search" aria-label="查找字段、代码、名称 Find a field, code or name" placeholder="查字段、代码、名称，如 中标金额、BID_SECTION_CODE（按 / 键）" autocomplete="off" spellcheck="false">
<div class="found" hidden><p role="status"></p><ol></ol></div>
</search>
</header>
${side === undefined ? markup`<main id="main" class="whole">${body}</main>` : framed(side, body)}
<footer>由契约生成，随契约更新。<span lang="en">Generated from the contracts this hub serves.</span></footer>
<script>${asItStands(searchScript)}</script>
</body>
</html>
`;
  return page.html;
}

function framed(side: Content, body: Content): Markup {
  return markup`<div class="frame">
<nav class="side" aria-label="本页 This page"><details open><summary>本页目录 On this page</summary>${side}</details></nav>
<main id="main">${body}</main>
</div>`;
}

function link([address, name]: readonly [string, string], path: string): Markup {
  return markup`<a href="${address}"${address === path ? asItStands(' aria-current="page"') : ''}>${name}</a>`;
}
