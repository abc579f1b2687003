/**
 * Texts with placeholders: `{lot.price}`, `{lot.no:3}` filled up with zeros to three characters, `{start:4}` the year alone.
 */
import { spokenDate, stamp } from '../wall-clock.ts';
import { isMoment, lookUp, type Scope, type Value } from './value.ts';

/** A placeholder. */
export interface Placeholder {
  readonly path: readonly string[];
  /** Characters at least, of a moment its first digits; 0 for as it is. */
  readonly width: number;
}

/** A text, taken apart. */
export type Template = readonly (string | Placeholder)[];

const placeholder = /\{([a-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*)(?::(\d\d?))?\}/;

const read = new Map<string, Template>();

/** @returns The text taken apart; remembered, for there are as many as scenario files say. */
export function readTemplate(text: string): Template {
  const known = read.get(text) ?? takeApart(text);
  read.set(text, known);
  return known;
}

function takeApart(text: string): Template {
  const found = placeholder.exec(text);
  if (found === null) return text === '' ? [] : [text];
  const [whole, path = '', width = '0'] = found;
  const before = text.slice(0, found.index);
  const rest = takeApart(text.slice(found.index + whole.length));
  return [...(before === '' ? [] : [before]), { path: path.split('.'), width: Number(width) }, ...rest];
}

/**
 * @param dateDigits - Of the field the text is for, where it is a date: 8 a day, 12 a minute, 14 a second. Elsewhere a moment
 *   is written in words.
 */
export function render(template: Template, scope: Scope, dateDigits?: number): string {
  let text = '';
  for (const part of template) text += typeof part === 'string' ? part : shown(part, scope, dateDigits);
  return text;
}

/** @returns The name alone that a text consists of: such a text stands for whatever has the name. */
export function aloneIn(template: Template): Placeholder | undefined {
  const [only, ...rest] = template;
  return typeof only === 'object' && rest.length === 0 && only.width === 0 ? only : undefined;
}

/** @returns What has the name where a text is a name alone, so a company stays one; else the text. */
export function valueOf(template: Template, scope: Scope): Value {
  const only = aloneIn(template);
  return only === undefined ? render(template, scope) : lookUp(scope, only.path);
}

function shown({ path, width }: Placeholder, scope: Scope, dateDigits: number | undefined): string {
  const value = lookUp(scope, path);
  if (isMoment(value)) {
    const digits = dateDigits ?? width;
    return digits === 0 ? spokenDate(value.at) : stamp(value.at).slice(0, digits);
  }
  return typeof value === 'string' ? value.padStart(width, '0') : '';
}
