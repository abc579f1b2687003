/**
 * What the law's own words are called on a page, Chinese first. Every mark is told in words; colour only repeats them.
 * @see PROTOCOL.md 5; WCAG 2.2 1.4.1
 */
import type { CodeList } from '../../codes.ts';
import type { Direction, Milestone, WireField } from '../../contract.ts';
import { inTwo } from '../model/told.ts';
import { type Markup, markup } from './markup.ts';

/** A word in both languages. */
export interface Word {
  readonly zh: string;
  readonly en: string;
}

/** A word that needs another to be understood. */
export interface NotedWord extends Word {
  /** What it means, in Chinese. */
  readonly note: string;
}

export const visibilityWords: Readonly<Record<string, NotedWord>> = {
  PUBLIC: { zh: '社会公开', note: '任何人', en: 'everyone' },
  GOVERNMENT: { zh: '政务公开', note: '政务用户', en: 'government users' },
  RESTRICTED: { zh: '受限', note: '须另经授权', en: 'by separate authority' },
};

export const milestoneWords: Readonly<Record<Milestone, Word>> = {
  OPENING: { zh: '开标前封存', en: 'sealed until the opening' },
  RESULT: { zh: '结果公布前封存', en: 'sealed until the result' },
};

export const directionWords: Readonly<Record<Direction, Word>> = {
  PUBLIC_PAYS: { zh: '公共支出', en: 'the public pays' },
  PUBLIC_RECEIVES: { zh: '公共收入', en: 'the public is paid' },
};

const partNames: ReadonlyMap<string, string> = new Map([
  ['amount', '数值'],
  ['currency', '币种'],
  ['unit', '单位'],
  ['form', '形式'],
  ['text', '文字'],
  ['name', '名称'],
  ['code', '代码'],
  ['kind', '类别'],
  ['role', '角色'],
  ['html', 'HTML'],
]);

/** What of its field a wire field fills, in Chinese; '' when it fills all of it. */
export function partName({ part }: WireField): string {
  return part === undefined ? '' : (partNames.get(part) ?? part);
}

/** How much of a list is known. */
export type Knowledge = 'full' | 'part' | 'unconfirmed' | 'none';

export const knowledgeWords: Readonly<Record<Knowledge, NotedWord & { readonly sign: string }>> = {
  full: { sign: '●', zh: '全部已知', note: '表外的值拒收', en: 'known in full: other codes are refused' },
  part: { sign: '◐', zh: '部分已知', note: '表外的值只提示', en: 'known in part: other codes only warn' },
  unconfirmed: { sign: '◔', zh: '未确认是否全部', note: '表外的值只提示', en: 'not confirmed to be all: other codes only warn' },
  none: { sign: '○', zh: '值未知', note: '不检查', en: 'no value known: nothing is checked' },
};

/** How much of the list is known. */
export function knowledgeOf({ complete, unconfirmed, values }: CodeList): Knowledge {
  if (values.length === 0) return 'none';
  if (complete) return 'full';
  return unconfirmed === true ? 'unconfirmed' : 'part';
}

/** The mark of a visibility; nothing where the law says nothing. */
export function visibilityMark(level: string | undefined): Markup {
  const word = level === undefined ? undefined : visibilityWords[level];
  return word === undefined ? markup`` : markup`<span class="mark ${level}" title="${word.note} ${level}: ${word.en}">${word.zh}</span>`;
}

/** The mark of a list's state of knowledge. */
export function knowledgeMark(list: CodeList): Markup {
  const state = knowledgeOf(list);
  const { sign, zh, note, en } = knowledgeWords[state];
  return markup`<span class="mark ${state}" title="${note} ${en}">${sign} ${zh}</span>`;
}

/** Marks what one province added; nothing for what is national. */
export function provincialMark(national: boolean): Markup {
  return national ? markup`` : markup`<span class="mark province" title="一省所增，不在国家标准内 provincial, not national">省增</span>`;
}

/** A text that says it in Chinese and then in English, each as its language. */
export function inBoth(text: string): Markup {
  const { zh, en } = inTwo(text);
  return /\p{Script=Han}/u.test(zh) ? markup`${zh}${english(en)}` : english(zh);
}

/** English beside Chinese; nothing when there is none. */
export function english(text: string): Markup {
  return text === '' ? markup`` : markup`<span class="en" lang="en">${text}</span>`;
}
