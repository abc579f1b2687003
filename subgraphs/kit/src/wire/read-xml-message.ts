/**
 * One record as one XML message: `<DES><TITLE>…</TITLE><CONTEXT>…</CONTEXT></DES>`. The parser knows XML's own five entities
 * and no others, and never looks outside the text. FILECONTEXT is passed over: attachments are datasets of their own.
 * @see standard/exchange.md 3 «Fujian message», 7
 */
import type { WireRecord } from '@hub/schema';
import { SaxesParser } from 'saxes';

import { isFieldName, openEnvelope } from './envelope.ts';
import type { Reason } from './wire-entry.ts';

/** Lines are of the message, from 1. */
export type XmlMessage =
  | { readonly record: WireRecord; readonly fieldLines: ReadonlyMap<string, number> }
  | { readonly line: number; readonly problem: Reason };

interface Sections {
  readonly title: Map<string, string>;
  readonly context: Map<string, string>;
  readonly lines: Map<string, number>;
  readonly seen: Set<string>;
}

/** CDATA and comments, to be passed over, and what is neither an entity of XML nor a character reference. */
const ampersands =
  /<!\[CDATA\[(?:(?!<!\[CDATA\[)[\s\S])*?\]\]>|<!--(?:(?!<!--)[\s\S])*?-->|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/g;

class MessageError extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.en);
    this.reason = reason;
  }
}

/** @returns The record and where its fields stand, or the first thing that is wrong and where. */
export function readXmlMessage(text: string): XmlMessage {
  const parser = new SaxesParser();
  const sections: Sections = { title: new Map(), context: new Map(), lines: new Map(), seen: new Set() };
  listen(parser, sections);
  try {
    parser.write(text).close();
  } catch (error) {
    const ampersand = bareAmpersand(text);
    if (ampersand !== undefined && ampersand <= parser.line) return { line: ampersand, problem: bare };
    return { line: parser.line, problem: reasonOf(error) };
  }
  const opened = openEnvelope({
    title: Object.fromEntries(sections.title),
    context: sections.seen.has('CONTEXT') ? Object.fromEntries(sections.context) : undefined,
  });
  return 'problem' in opened ? { line: 1, problem: opened.problem } : { record: opened, fieldLines: sections.lines };
}

function listen(parser: SaxesParser, { title, context, lines, seen }: Sections): void {
  const path: string[] = [];
  let value = '';
  const skipped = () => path[1] === 'FILECONTEXT';
  const target = () => (path[1] === 'TITLE' ? title : context);
  const addText = (text: string) => {
    if (skipped()) return;
    if (path.length === 3) value += text;
    else if (text.trim() !== '') throw new MessageError(textOutside);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', ({ name }) => {
    path.push(name);
    if (skipped()) return;
    if (path.length === 2) openSection(name, seen);
    if (path.length > 3) throw new MessageError(nested(path[2] ?? ''));
    if (path.length < 3) return;
    if (!isFieldName(name)) throw new MessageError(noField);
    if (target().has(name)) throw new MessageError(twice(name));
    if (target() === context) lines.set(name, parser.line);
    value = '';
  });
  parser.on('closetag', ({ name }) => {
    if (path.length === 3 && !skipped()) target().set(name, value);
    path.pop();
  });
}

function openSection(name: string, seen: Set<string>): void {
  if (!['TITLE', 'CONTEXT', 'FILECONTEXT'].includes(name)) throw new MessageError(noSection(name));
  if (seen.has(name)) throw new MessageError(twice(name));
  seen.add(name);
}

function reasonOf(error: unknown): Reason {
  if (error instanceof MessageError) return error.reason;
  const detail = error instanceof Error ? error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '') : String(error);
  return { zh: `XML 不合规范：${detail}。`, en: `Not well-formed XML: ${detail}.` };
}

/** The parser takes all up to the next semicolon for an entity, and then complains of something else, far away. */
function bareAmpersand(text: string): number | undefined {
  for (const mark of text.matchAll(ampersands)) {
    if (mark[0] === '&') return text.slice(0, mark.index).split('\n').length;
  }
  return undefined;
}

const bare = {
  zh: '有未转义的 &（须写成 &amp;），或 XML 没有的实体。',
  en: 'There is a bare & (write &amp;) or an entity that XML does not have.',
};
const textOutside = { zh: '字段以外有文字。', en: 'There is text outside the fields.' };
const noField = { zh: '元素名不是字段代码。', en: 'An element name is no field code.' };

function nested(field: string): Reason {
  return {
    zh: `${field} 内含有元素：HTML 须转义或放入 CDATA。`,
    en: `There are elements inside ${field}: HTML must be escaped or in CDATA.`,
  };
}

function twice(name: string): Reason {
  return { zh: `${name} 出现两次。`, en: `${name} stands there twice.` };
}

function noSection(name: string): Reason {
  return { zh: `DES 内不应有 ${name}。`, en: `${name} does not belong into DES.` };
}
