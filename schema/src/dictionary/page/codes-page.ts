/**
 * The page of all code lists: their values, how much of each is known and from where, and who draws from them.
 * @see design/graph.md «Types»
 */
import { type Dictionary, type ListEntry, contractPath, fieldFragment } from '../model/dictionary.ts';
import { told } from '../model/told.ts';
import { directionWords, english, inBoth, knowledgeMark, provincialMark } from './labels.ts';
import { type Content, type Markup, markup } from './markup.ts';
import { printPage } from './shell.ts';

/** @returns The page, HTML. */
export function codesPage({ lists }: Dictionary): string {
  return printPage({
    title: '代码表',
    path: '/dictionary/codes',
    side: markup`<ol>${lists.map(({ list }) => markup`<li><a href="#list-${list.name}">${list.title ?? list.name}<small>${list.name}</small></a></li>\n`)}</ol>`,
    body: [
      markup`<h1>代码表 <span class="en" lang="en">Code lists</span></h1>
<p>标准的代码在图上都是 <a href="/dictionary/types#type-Code"><code>Code</code></a>，不是枚举：国家增值不会使查询出错。只有「全部已知」的表才拒收表外的值。${english('Codes are never enums. Only a list known in full refuses other values.')}</p>
`,
      overview(lists),
      lists.map(listSection),
    ],
  });
}

function overview(lists: readonly ListEntry[]): Markup {
  return markup`<table class="stack"><caption>${lists.length} 个表</caption>
<thead><tr><th scope="col">名称 <span lang="en">List</span></th><th scope="col">已知程度 <span lang="en">State of knowledge</span></th><th scope="col" class="number">值 <span lang="en">Values</span></th><th scope="col" class="number">用于字段 <span lang="en">Fields</span></th></tr></thead>
<tbody>${lists.map(
    ({ list, users }) =>
      markup`<tr><th scope="row"><a href="#list-${list.name}">${list.title ?? list.name}</a> <code>${list.name}</code></th><td>${knowledgeMark(list)}</td><td class="number" data-l="值">${list.values.length}</td><td class="number" data-l="用于字段">${users.length}</td></tr>\n`,
  )}</tbody></table>
`;
}

function listSection({ list, users }: ListEntry): Markup {
  const dated = list.values.some(({ from, until }) => from !== undefined || until !== undefined);
  return markup`<section class="chapter" id="list-${list.name}"><h2><a class="self" href="#list-${list.name}">${list.title ?? list.name}</a> <code>${list.name}</code></h2>
<p>${knowledgeMark(list)} ${list.values.length} 个值${list.source === undefined ? '' : markup` · 来源 ${inBoth(list.source)}`}</p>
${list.values.length === 0 ? '' : valueTable(list, dated)}
${users.length === 0 ? '' : markup`<details><summary>用于 ${users.length} 个字段 ${english('fields draw from it')}</summary><ul class="cards">${users.map(user)}</ul></details>`}</section>
`;
}

function valueTable({ name, values }: ListEntry['list'], dated: boolean): Markup {
  return markup`<table><caption>${name} 的值</caption><thead><tr><th scope="col">代码 <span lang="en">Code</span></th><th scope="col">名称 <span lang="en">Label</span></th>${dated ? markup`<th scope="col">有效 <span lang="en">Holds</span></th>` : ''}</tr></thead>
<tbody>${values.map(
    ({ code, label, labelEn, from, until, direction, provincial = false }) =>
      markup`<tr><th scope="row"><code>${code}</code></th><td>${label} ${provincialMark(!provincial)}${english(labelEn ?? '')}${direction === undefined ? '' : markup`<span class="note">${directionWords[direction].zh}</span>`}</td>${dated ? markup`<td>${holds(from, until)}</td>` : ''}</tr>\n`,
  )}</tbody></table>`;
}

function holds(from: string | undefined, until: string | undefined): Content {
  if (from === undefined && until === undefined) return '';
  if (until?.length === 4) return `${until} 年撤销`;
  return `${from ?? ''} 至 ${until === undefined ? '今' : `${until}（不含）`}`;
}

function user({ contract, dataset, field, wire }: ListEntry['users'][number]): Markup {
  return markup`<li><a href="${contractPath(contract)}#${fieldFragment(dataset, field)}"><span>${told(dataset.description).name} · ${told(field.description).name}</span><code>${wire === '' ? field.name : wire}</code></a></li>\n`;
}
