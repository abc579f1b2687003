/**
 * The table of a dataset's fields: names, types, wire fields, who may read, what can be asked by it.
 * @see design/graph.md «Types», «Who sees what»
 */
import type { Dataset, Field, WireField } from '../../contract.ts';
import { filterType } from '../../expand-contract.ts';
import { orderName } from '../../naming.ts';
import { type Dictionary, fieldFragment, listPlace } from '../model/dictionary.ts';
import { told } from '../model/told.ts';
import { knowledgeOf, knowledgeWords, milestoneWords, partName, provincialMark, visibilityMark } from './labels.ts';
import { type Content, type Markup, asItStands, between, markup } from './markup.ts';

const inSystem = '（本系统内）';

/** @returns The table, relations included, in the contract's order. */
export function fieldTable(dictionary: Dictionary, dataset: Dataset): Markup {
  return markup`<table class="fields stack">
<caption>${dataset.fields.length} 个字段 <span lang="en">fields</span>；加粗的报文代码照标准拼写；<b class="mark must">＊</b> 必填 <span lang="en">required</span>；报文类型的写法见 <a href="/dictionary/types#notation">说明</a></caption>
<thead><tr><th scope="col" class="c1">字段 <span lang="en">Field</span></th><th scope="col" class="c2">图 <span lang="en">Graph</span></th><th scope="col">报文 <span lang="en">Wire</span></th><th scope="col" class="c4">公开 <span lang="en">Visible</span></th><th scope="col" class="c5">可问 <span lang="en">Ask by</span></th></tr></thead>
<tbody>
${dataset.fields.map((field) => row(dictionary, dataset, field))}</tbody>
</table>`;
}

function row(dictionary: Dictionary, dataset: Dataset, field: Field): Markup {
  const { name: full, note, en } = told(field.description);
  // Of a relation the next column says so.
  const name = field.relation === undefined ? full : full.replace(inSystem, '');
  return markup`<tr id="${fieldFragment(dataset, field)}"><th scope="row"><b>${name}</b>${note === '' ? '' : markup`<span class="note">${note}</span>`}${en === '' ? '' : markup`<span class="note" lang="en">${en}</span>`}</th>
<td data-l="图"><code>${humps(field.name)}</code><span class="note">${graphType(dictionary, field)}</span></td>
<td data-l="报文">${wireCell(dictionary, dataset, field)}</td>
<td data-l="公开">${visibilityMark(field.visibility)}${field.sealed === undefined ? '' : markup`<span class="mark sealed">${milestoneWords[field.sealed.until].zh}</span>`}</td>
<td data-l="可问">${askCell(dictionary, field)}</td></tr>
`;
}

/** The type as GraphQL writes it, its name leading to where it is told. */
function graphType({ placeOf }: Dictionary, { graphType, list, nonNull }: Field): Content {
  const place = placeOf(graphType);
  const name = place === undefined ? graphType : markup`<a href="${place}">${humps(graphType)}</a>`;
  return markup`<code>${list ? markup`[${name}!]` : name}${nonNull ? '!' : ''}</code>`;
}

function wireCell(dictionary: Dictionary, dataset: Dataset, field: Field): Content {
  if (field.relation === undefined) return field.wire.map((wire) => wireLine(dictionary, dataset, wire));
  const { from, to } = field.relation;
  return markup`<span class="note">本系统内 <code>${from}</code> = 对方 <code>${to}</code></span>`;
}

function wireLine({ codes }: Dictionary, dataset: Dataset, wire: WireField): Markup {
  const code = wire.code === '' ? markup`<i>不发送，恒为 ${wire.fixed}</i>` : markup`<code>${wire.code}</code>`;
  const part = partName(wire);
  return markup`<span class="wire">${code}${wire.required ? markup`<b class="mark must" title="必填 required">＊</b>` : ''}<span class="t">${wire.type}</span> ${between(
    ' ',
    [
      dataset.key.includes(wire.code) ? markup`<span class="mark plain">键</span>` : '',
      part === '' ? '' : markup`<span class="mark plain">${part}</span>`,
      wire.requiredWhen === undefined ? '' : markup`<span class="mark plain">${wire.requiredWhen} 时必填</span>`,
      wire.multi ? markup`<span class="mark plain">分号列表</span>` : '',
      wire.id === undefined ? '' : markup`<a class="mark plain" href="/dictionary/types#id-${wire.id}">标识 ${wire.id}</a>`,
      wire.list === undefined ? '' : listLink(codes, wire.list),
      provincialMark(wire.national),
    ],
  )}</span>`;
}

function askCell({ placeOf }: Dictionary, field: Field): Content {
  if (!field.indexed) return '';
  const filter = filterType(field);
  const place = placeOf(filter);
  const named = place === undefined ? markup`<span title="${filter}">筛选</span>` : markup`<a href="${place}" title="${filter}">筛选</a>`;
  return field.orderable ? markup`${named} <span title="${orderName(field.name)}_ASC / _DESC">排序</span>` : named;
}

function listLink(codes: Dictionary['codes'], name: string): Markup {
  const list = codes.list(name);
  const known = list === undefined ? '' : `${list.title ?? name}：${knowledgeWords[knowledgeOf(list)].zh}`;
  return markup`<a href="${listPlace(name)}" title="${known}">表\u00a0${name}</a>`;
}

/** A long name may be broken where a word of it begins. */
function humps(name: string): Content {
  return name.length < 18 ? name : between(asItStands('<wbr>'), name.split(/(?=[A-Z])/));
}
