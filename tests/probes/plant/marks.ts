/**
 * Makes values that occur nowhere else, one kind for each wire type, and finds them again in anything a server sends: as
 * text, as JSON, inside base64.
 */
import { type CodeLists, type WireField, idCardCheck, readNotation } from '@hub/schema';

/** A value to plant; without a mark when the type has too few values for one. */
export interface Marked {
  readonly value: string;
  readonly mark: string | undefined;
  readonly found: 'mark' | 'leaf';
}

/** Makes values; each number once. */
export type MarkMaker = (number: number) => Marked;

const textLength = 10;
const base = 36;
const digitsOfNumber = 4;
const firstYear = 2061;
const stepMs = 1_009_000;
const nothing = { mark: undefined, found: 'mark' } as const;

/** Marks of texts, numbers, instants and persons, wherever they stand in a text. */
const anyMark = /x7q[0-9a-z]{6}q/gi;
const numberMark = /(?=(7700\d{8}))/g;
const instantMark = /(20[67]\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z?)|(20[67]\d{11})/g;
const personMark = /(?=(\d{17}[\dXx]))/g;

/** A text of ten characters that is found whatever case it comes back in. */
export function textMark(number: number): string {
  return `x7q${number.toString(base).padStart(textLength - 4, '0')}q`;
}

/** @returns The maker for a wire field's type; the values are of a form that the law takes. */
export function markMaker({ type, list, id }: WireField, graphType: string, codes: CodeLists): MarkMaker {
  if (graphType === 'Boolean') return (number) => ({ value: String(number % 2), ...nothing });
  if (list === 'REGION') return regionMark;
  if (list !== undefined) {
    const notation = readNotation(type);
    const [least, most] =
      notation?.kind === 'text' ? [notation.exactly ?? 0, notation.exactly ?? notation.atMost ?? Infinity] : [0, Infinity];
    // A warning may say that a hidden code is malformed: these all fit.
    return codeMaker((codes.list(list)?.values ?? []).flatMap(({ code }) => (code.length >= least && code.length <= most ? [code] : [])));
  }
  if (type.startsWith('yyyy')) return (number) => dateMark(number, type.length);
  if (type.startsWith('N')) return numberMaker(type);
  if (id === 'webAddress')
    return (number) => ({ value: `https://trade.example/${textMark(number)}`, mark: textMark(number), found: 'mark' });
  return textMaker(type);
}

/** A person's number with a right check character; every third is written in full-width digits. */
export function personNumber(number: number): Marked {
  const born = `${1950 + (number % 50)}${two(1 + (Math.floor(number / 50) % 12))}${two(1 + (Math.floor(number / 600) % 28))}`;
  const first17 = `990106${born}${String(Math.floor(number / 16_800)).padStart(3, '0')}`;
  const mark = `${first17}${idCardCheck(first17) ?? '0'}`;
  return { value: number % 3 === 0 ? mark.replaceAll(/[0-9X]/g, fullWidth) : mark, mark, found: 'mark' };
}

/** Codes come from lists too small for marks; still they differ from record to record. */
function codeMaker(values: readonly string[]): MarkMaker {
  const known = values.length === 0 ? ['1', '2'] : values;
  return (number) => ({ value: known[number % known.length] ?? '1', ...nothing });
}

function textMaker(type: string): MarkMaker {
  const exactly = Number(/^C(\d+)$/.exec(type)?.[1] ?? 0);
  const most = Number(/^C(?:\.\.)?(\d+)$/.exec(type)?.[1] ?? Infinity);
  if (most < textLength) return () => ({ value: '1'.repeat(Math.max(1, exactly)), ...nothing });
  return (number) => {
    const mark = textMark(number);
    return { value: mark.padEnd(exactly, '0'), mark, found: 'mark' };
  };
}

function numberMaker(type: string): MarkMaker {
  const [, all = '1', decimals = '0'] = /^N(?:\.\.)?(\d+)(?:,(\d+))?$/.exec(type) ?? [];
  const [whole, after] = [Number(all) - Number(decimals), Number(decimals)];
  if (whole >= 8 && after >= digitsOfNumber) {
    return (number) => {
      // The last digit is never 0: a decimal would lose it.
      const digits = `${String(number).padStart(2 * digitsOfNumber - 1, '0')}7`;
      const value = `7700${digits.slice(0, digitsOfNumber)}.${digits.slice(digitsOfNumber)}`;
      return { value, mark: value.replace('.', ''), found: 'mark' };
    };
  }
  if (whole >= 4) {
    return (number) => {
      const value = `7${String(number % 10 ** Math.min(whole - 2, 5)).padStart(Math.min(whole - 2, 5), '0')}7`;
      return { value, mark: value, found: 'leaf' };
    };
  }
  return (number) => ({ value: String(1 + (number % 8)), ...nothing });
}

function dateMark(number: number, length: number): Marked {
  // Later numbers are later times: what is sent again must be newer.
  const at = new Date(Date.UTC(firstYear, 0, 1) + number * stepMs);
  const text = at.toISOString();
  const value = text.replaceAll(/[-:T]/g, '').slice(0, length);
  return length === 14 ? { value, mark: value, found: 'mark' } : { value, mark: text.slice(0, 10), found: 'leaf' };
}

function regionMark(number: number): Marked {
  const value = `97${String(number % 10_000).padStart(4, '0')}`;
  return { value, mark: value, found: 'leaf' };
}

/** @returns Every mark in a text, in the form in which marks are known. */
export function marksIn(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [mark] of text.matchAll(anyMark)) found.add(mark.toLowerCase());
  for (const [, mark = ''] of text.replaceAll('.', '').matchAll(numberMark)) found.add(mark);
  for (const [, mark = ''] of text.normalize('NFKC').matchAll(personMark)) found.add(mark.toUpperCase());
  for (const [, year, month, day, hour, minute, second, utc, digits] of text.matchAll(instantMark)) {
    if (digits !== undefined) found.add(digits);
    else
      found.add(
        utc === 'Z' ? eastOf(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : `${year}${month}${day}${hour}${minute}${second}`,
      );
  }
  return found;
}

/** The digits of an instant in UTC+8, as the wire has them. */
function eastOf(utc: string): string {
  return new Date(Date.parse(utc) + 8 * 3_600_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
}

/** Full-width forms stand at a fixed distance from ASCII. */
function fullWidth(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) + 0xfee0);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
