/**
 * What both pages of quality have: head, ways to the other pages, when it was made. Self-contained, and without a script.
 */
import { asItStands, type Content, markup, pageStyle } from '@hub/schema';

import { systemsStyle } from '../systems/style.ts';
import { timeOf } from '../systems/words.ts';
import { qualityStyle } from './style.ts';

/** A page of quality. */
export interface QualityPageParts {
  readonly title: string;
  readonly body: Content;
  /** ISO 8601. */
  readonly now: string;
}

const ways = [
  ['/systems', '交易系统'],
  ['/dictionary', '数据字典'],
  ['/', '查询台'],
] as const;

/** @returns The page as a document. */
export function printQualityPage({ title, body, now }: QualityPageParts): string {
  return markup`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${asItStands(pageStyle)}${asItStands(systemsStyle)}${asItStands(qualityStyle)}</style>
</head>
<body>
<a class="skip" href="#main">跳到正文 Skip to the text</a>
<header class="top">
<a class="name" href="/quality">数据质量 <span lang="en">Quality</span></a>
<nav aria-label="栏目 Sections">${ways.map(([address, name]) => markup`<a href="${address}">${name}</a>`)}</nav>
</header>
<main id="main" class="systems quality">
${body}
<p class="made">截至 <time datetime="${now}">${timeOf(now)}</time>；日子是枢纽取到变更的日子，东八区。<span class="en" lang="en">Days are those on which the exchange took the changes, in UTC+8.</span></p>
</main>
</body>
</html>
`.html;
}
