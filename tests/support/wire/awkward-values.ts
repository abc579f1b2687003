/**
 * Values of one wire field that are valid and as awkward as they get: what XML, JSON, JavaScript or PostgreSQL could take for
 * something else, the longest, the largest, the first and the last day in every form that is read.
 * @see standard/identifiers.md 11, 13
 */
import { type CodeLists, type Field, type WireField, readNotation, sampleValue } from '@hub/schema';
import fc from 'fast-check';

import { datesIn } from './awkward-dates.ts';

/** Which value is wanted. */
export interface Wanted {
  readonly codes: CodeLists;
  /** From 0: code lists are gone through by it. */
  readonly turn: number;
  /** Items of a field that is a list. */
  readonly items: number;
}

type NumberNotation = Extract<NonNullable<ReturnType<typeof readNotation>>, { readonly kind: 'number' }>;
type Text = fc.Arbitrary<string>;

const characters = [
  '公共资源',
  '交易',
  '𠮷',
  '\u{10FFFF}',
  '👨‍👩‍👧',
  'é',
  'e\u0301',
  'ß',
  'İ',
  '\uE000',
  '\uFFFD',
  '\uFEFF',
  '\u200B',
  '\u2028',
  '\u0085',
] as const;
const markup = [
  '"',
  "'",
  '\\',
  '\\u0000',
  '&',
  '&amp;',
  '&#0;',
  '<',
  '>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '</DES>',
  '{"title":',
  '},',
  '$1',
  '%',
] as const;
const odds = [
  '\n',
  '\r',
  '\r\n',
  '\t',
  ' ',
  '　',
  '\u00A0',
  '，',
  '；',
  '|',
  '/',
  '_',
  '0',
  '-1',
  'null',
  'undefined',
  '__proto__',
  '_x000D_',
] as const;
const pieces = [...characters, ...markup, ...odds, ';'] as const;
const blanks = ['', '', ' ', '\n', '\r\n\t', '　'] as const;
const longest = 3_000;
const greatestInt = 2_147_483_647;

/** @returns What may be sent for the field, never blank. */
export function awkwardValue(field: Field, wire: WireField, wanted: Wanted): Text {
  if (!wire.multi) return padded(wire, one(field, wire, wanted));
  const separators = fc.constantFrom(';', ' ; ', ';\n', ';　');
  const items = Array.from({ length: field.list ? wanted.items : 1 }, (_, place) =>
    one(field, wire, { ...wanted, turn: wanted.turn + place }),
  );
  return fc.tuple(separators, fc.constantFrom('', ';', ' ;; '), ...items).map(([separator, end, first = '', ...others]) => {
    const all = [first, ...others];
    return [all.join(separator) + end, all.join(';')].find((told) => room(wire, told) >= 0) ?? first;
  });
}

/** Blanks around a value count where its type has a greatest length only. */
function padded(wire: WireField, value: Text): Text {
  return fc
    .tuple(fc.constantFrom(...blanks), value, fc.constantFrom(...blanks))
    .map(([before, text, after]) => (room(wire, text) >= before.length + after.length ? before + text + after : text));
}

function one(field: Field, wire: WireField, { codes, turn, items }: Wanted): Text {
  const known = wire.list === undefined ? [] : (codes.list(wire.list)?.values ?? []);
  const code = known[turn % known.length]?.code;
  if (code !== undefined) return fc.constant(code);
  if (field.graphType === 'Boolean') return fc.constantFrom('1', '0', 'T', 'F');
  if (field.graphType === 'Direction') return fc.constantFrom('PUBLIC_PAYS', 'PUBLIC_RECEIVES');
  if (wire.list !== undefined) return fc.constant(sampleValue(field, wire, { codes, place: 1 }));
  if (wire.part === 'html') return text(longest).map((told) => `<p>${escaped(told)}</p>`);
  if (wire.id !== undefined) return identifier(field, wire, codes);
  const type = readNotation(wire.type);
  if (type?.kind === 'date') return datesIn(type.digits);
  if (type?.kind === 'number') return field.graphType === 'Int' ? whole(type) : number(type);
  if (type?.exactly !== undefined) return text(type.exactly).map((told) => filled(told, type.exactly ?? 0));
  // A list is bounded as it is sent, with what stands between its items.
  const room = (type?.atMost ?? longest) / (wire.multi ? items * 2 : 1);
  return wire.multi ? text(Math.floor(room)).map((told) => told.replaceAll(';', '；')) : text(Math.floor(room));
}

/** Not blank at its ends, so that of a list no item goes missing, and of exactly so many characters nothing. */
function text(most: number): Text {
  const body = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''));
  const ends = fc.constantFrom('甲', '𠮷', '"', "'", '>', ']]>', '&', '0');
  const short = fc.tuple(ends, body, ends).map((parts) => cut(parts.join(''), most));
  const long = fc.tuple(ends, body).map((parts) => filled(parts.join(''), most));
  return fc.oneof({ weight: 3, arbitrary: short }, { weight: 1, arbitrary: long });
}

function filled(told: string, length: number): string {
  return cut(told.repeat(Math.ceil(length / [...told].length)), length);
}

function cut(told: string, most: number): string {
  const characters = [...told].slice(0, most);
  // Whoever cuts a text must not leave a blank at its end.
  const place = characters.findLastIndex((character) => character.trim() !== '');
  return characters.map((character, index) => (index > place ? '末' : character)).join('');
}

function identifier(field: Field, wire: WireField, codes: CodeLists): Text {
  const most = atMost(wire) ?? longest;
  if (wire.id === 'webAddress') {
    const addresses = ['https://trade.example/公告?编号=1&b=%E7%94%B2#"顶"', `HTTP://trade.example/${'长'.repeat(most)}`];
    return fc.constantFrom(...addresses.map((address) => [...address].slice(0, wire.multi ? 60 : most).join('')));
  }
  return fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.boolean())
    .map(([place, lower]) => sampleValue(field, wire, { codes, place })[lower ? 'toLowerCase' : 'toString']());
}

function number({ digits, decimals }: NumberNotation): Text {
  const [most, least] = ['9'.repeat(digits - decimals), `0.${'0'.repeat(Math.max(0, decimals - 1))}1`];
  const largest = decimals === 0 ? most : `${most}.${'9'.repeat(decimals)}`;
  const fraction = decimals === 0 ? '' : '.5';
  const odd = [`+1${fraction}`, `00${fraction}`, '0', '-0', '1.', '1.000000000', `-1${fraction}`, decimals === 0 ? '1' : least];
  const any = fc.bigInt({ min: 0n, max: 10n ** BigInt(digits) - 1n }).map((value) => {
    const padded = String(value).padStart(digits + 1, '0');
    return decimals === 0 ? padded : `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
  });
  return fc.oneof(fc.constantFrom(largest, `-${largest}`), fc.constantFrom(...odd), any);
}

function whole({ digits, decimals }: NumberNotation): Text {
  const most = Math.min(greatestInt, 10 ** (digits - decimals) - 1);
  const any = fc.integer({ min: -most, max: most }).map(String);
  return fc.oneof(any, fc.constantFrom(String(most), `-${most}`, `000${most}`, '+0', '-0', '1.', '1.00'));
}

function escaped(told: string): string {
  return told.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function room(wire: WireField, told: string): number {
  return (atMost(wire) ?? Infinity) - [...told].length;
}

function atMost({ type }: WireField): number | undefined {
  const notation = readNotation(type);
  // What has an exact length, and numbers and dates, is judged without the blanks around it.
  return notation?.kind === 'text' ? notation.atMost : undefined;
}
