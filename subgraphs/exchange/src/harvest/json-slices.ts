/**
 * Cuts the text of a JSON object into its members and the elements of one list, as they came: one change that is no JSON costs
 * itself alone and not its page, and what came is kept as it came. Nothing is interpreted within a slice.
 * @see RFC 8259; README «采集 Harvest»
 */
import { excerpt, SourceFault } from './source-faults.ts';

/** Where a value of the text begins and ends. */
interface Cut {
  readonly from: number;
  readonly to: number;
}

/** An object's text, cut. */
export interface Slices {
  /** Text of each member's value; a name that comes twice is in `doubled`. */
  readonly members: ReadonlyMap<string, string>;
  readonly doubled: readonly string[];
  /** Text of each element of the list; undefined when there is no such list. */
  readonly elements: readonly string[] | undefined;
}

/** Page, list, change, its source; room for what is new. */
const deepest = 32;
const blank = /[\t\n\r ]*/y;
const plain = /[^,:[\]{}"\t\n\r ]+/y;

/**
 * @param list - Name of the member whose elements are cut.
 * @throws SourceFault JSON_BROKEN, CUT_OFF when the text ends too early.
 */
export function sliceObject(text: string, list: string): Slices {
  const members = new Map<string, string>();
  const doubled: string[] = [];
  let elements: readonly string[] | undefined;
  const end = eachPart({ text, at: skip(text, 0), brackets: '{}' }, (at) => {
    const name = cutValue(text, at);
    const colon = skip(text, name.to);
    if (text[name.from] !== '"' || text[colon] !== ':') throw broken(text, colon);
    const value = cutValue(text, skip(text, colon + 1));
    const called = readName(text.slice(name.from, name.to));
    if (called === undefined) throw broken(text, name.from);
    if (members.has(called)) doubled.push(called);
    members.set(called, text.slice(value.from, value.to));
    if (called === list && text[value.from] === '[') elements = sliceList(text, value.from);
    return value.to;
  });
  const rest = skip(text, end);
  if (rest < text.length) throw broken(text, rest);
  return { members, doubled, elements };
}

/** @returns Whether a text nests more deeply than anything that is sent; strings do not count. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at) - 1;
    else if (code === openBracket || code === openBrace) depth++;
    else if (code === closeBracket || code === closeBrace) depth--;
    if (depth > deepest) return true;
  }
  return false;
}

function sliceList(text: string, at: number): readonly string[] {
  const found: string[] = [];
  eachPart({ text, at, brackets: '[]' }, (begin) => {
    const { from, to } = cutValue(text, begin);
    found.push(text.slice(from, to));
    return to;
  });
  return found;
}

interface Bracketed {
  readonly text: string;
  readonly at: number;
  /** Such as `[]`. */
  readonly brackets: string;
}

/** Goes through what stands between a pair of brackets, commas between. @returns The place after it. */
function eachPart({ text, at, brackets: [open, close] }: Bracketed, part: (at: number) => number): number {
  if (text[at] !== open) throw broken(text, at);
  let next = skip(text, at + 1);
  if (text[next] === close) return next + 1;
  for (;;) {
    next = skip(text, part(next));
    if (text[next] === close) return next + 1;
    if (text[next] !== ',') throw broken(text, next);
    next = skip(text, next + 1);
  }
}

function cutValue(text: string, from: number): Cut {
  const code = text.charCodeAt(from);
  if (code === quote) return { from, to: endOfString(text, from) };
  if (code === openBracket || code === openBrace) return { from, to: endOfBrackets(text, from) };
  plain.lastIndex = from;
  if (!plain.test(text)) throw broken(text, from);
  return { from, to: plain.lastIndex };
}

/** Whether each bracket is closed by its like is seen when the slice is read. */
function endOfBrackets(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at) - 1;
    else if (code === openBracket || code === openBrace) depth++;
    else if ((code === closeBracket || code === closeBrace) && --depth === 0) return at + 1;
  }
  throw broken(text, text.length);
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; ; at++) {
    const next = text.indexOf('"', at);
    if (next === -1) throw broken(text, text.length);
    let before = next - 1;
    while (text.charCodeAt(before) === backslash) before--;
    // An even number of backslashes before it escapes nothing.
    if ((next - before) % 2 === 1) return next + 1;
    at = next;
  }
}

function skip(text: string, at: number): number {
  blank.lastIndex = at;
  blank.test(text);
  return blank.lastIndex;
}

function readName(text: string): string | undefined {
  try {
    const name: unknown = JSON.parse(text);
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

const quote = 0x22;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

function broken(text: string, at: number): SourceFault {
  if (at >= text.length) return new SourceFault('CUT_OFF', `the JSON ends after ${text.length} characters`);
  return new SourceFault('JSON_BROKEN', `at character ${at}: ${excerpt(text.slice(at, at + 80))}`);
}
