/**
 * Types that are no datasets, each with its members.
 */
import type { Dictionary } from '../model/dictionary.ts';
import type { MemberEntry, TypeEntry } from '../model/type-entries.ts';
import { english, visibilityMark } from './labels.ts';
import { type Content, type Markup, markup } from './markup.ts';

const kindNames: Readonly<Record<TypeEntry['kind'], string>> = {
  object: '对象 object',
  interface: '接口 interface',
  enum: '枚举 enum',
  input: '条件 input',
  scalar: '标量 scalar',
};

/** @returns The section, to be found at `#type-<name>`. */
export function typeSection(dictionary: Dictionary, { name, kind, about, members }: TypeEntry): Markup {
  return markup`<section class="type" id="type-${name}"><h3><code>${name}</code> ${about.name} <span class="mark plain">${kindNames[kind]}</span></h3>
<p>${about.note === '' ? '' : `${about.note}。`}${english(about.en)}</p>
${members.length === 0 ? '' : memberTable(dictionary, `${name} 的成员`, members)}</section>
`;
}

/** @returns A table of fields, input fields, values or root fields. */
export function memberTable(dictionary: Dictionary, caption: string, members: readonly MemberEntry[]): Markup {
  return markup`<table class="stack"><caption>${caption}</caption>
<thead><tr><th scope="col">名称 <span lang="en">Name</span></th><th scope="col">类型 <span lang="en">Type</span></th><th scope="col">说明 <span lang="en">About</span></th><th scope="col">公开 <span lang="en">Visible</span></th></tr></thead>
<tbody>${members.map((member) => row(dictionary, member))}</tbody></table>`;
}

function row({ placeOf }: Dictionary, { name, type, named, arguments: given, about, visibility }: MemberEntry): Markup {
  const place = placeOf(named);
  const shown: Content = place === undefined || type === '' ? type : markup`<a href="${place}">${type}</a>`;
  return markup`<tr><th scope="row"><code>${name}</code>${given === '' ? '' : markup`<span class="note">(${given})</span>`}</th><td>${type === '' ? '' : markup`<code>${shown}</code>`}</td><td>${about.name}${about.note === '' ? '' : `，${about.note}`} ${english(about.en)}</td><td>${visibilityMark(visibility)}</td></tr>
`;
}
