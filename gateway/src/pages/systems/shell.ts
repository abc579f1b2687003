/**
 * What both pages of systems have: head, ways to the other pages, the word that the registry is away. Self-contained.
 */
import { asItStands, type Content, markup, pageStyle } from '@hub/schema';

import { systemsScript } from './script.ts';
import { systemsStyle } from './style.ts';
import { both, timeOf } from './words.ts';

/** A page of systems. */
export interface SystemsPageParts {
  readonly title: string;
  readonly body: Content;
  /** ISO 8601. */
  readonly now: string;
  /** The registry does not answer; the routing table in force is as of this time, if that is known. */
  readonly withoutRegistry: { readonly asOf: string | undefined } | undefined;
}

const ways = [
  ['/quality', '数据质量'],
  ['/dictionary', '数据字典'],
  ['/', '查询台'],
] as const;

/** @returns The page as a document. */
export function printSystemsPage({ title, body, now, withoutRegistry }: SystemsPageParts): string {
  return markup`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<noscript><meta http-equiv="refresh" content="30"></noscript>
<style>${asItStands(pageStyle)}${asItStands(systemsStyle)}</style>
</head>
<body>
<a class="skip" href="#main">跳到正文 Skip to the text</a>
<header class="top">
<a class="name" href="/systems">交易系统 <span lang="en">Trading systems</span></a>
<nav aria-label="栏目 Sections">${ways.map(([address, name]) => markup`<a href="${address}">${name}</a>`)}</nav>
</header>
<main id="main" class="systems">
<div data-live="notice">${withoutRegistry === undefined ? '' : markup`<p class="warn" role="status">${both(noticeOf(withoutRegistry.asOf), 'The registry cannot be reached: this is what the gateway knows.')}</p>`}</div>
<p class="warn" data-stale hidden role="status">暂时无法更新，所示为最后一次的情况。<span class="en" lang="en">Cannot be refreshed at present.</span></p>
${body}
<p class="made" data-live="made">截至 <time datetime="${now}">${timeOf(now)}</time>，每 15 秒更新。<span class="en" lang="en">Refreshed every 15 s.</span></p>
</main>
<script>${asItStands(systemsScript)}</script>
</body>
</html>
`.html;
}

function noticeOf(asOf: string | undefined): string {
  const table = asOf === undefined ? '' : `（路由表截至 ${timeOf(asOf)}）`;
  return `登记处暂时无法连通：以下为本网关所知${table}，不含接入中的系统。`;
}
