/**
 * The form of a wire value as a schema can say it: the sheet's notation, complete code lists, whether it is a list.
 * A form admits what breaks none of the rules LENGTH, NUMBER, DIGITS, DATE, DATE_FORM, CODE_UNKNOWN and ENUM_UNKNOWN, as far as
 * lengths, patterns and enumerations reach; patterns are written in what XSD and ECMA-262 have in common.
 * @see PROTOCOL.md 6; standard/identifiers.md 11, 13
 */
import type { CodeLists } from '../../src/codes.ts';
import { hubEnums } from '../../src/decode/hub-enums.ts';
import type { WireUse } from '../../src/validate/wire-use.ts';
import { checkValue } from '../../src/wire-types/check-value.ts';
import { type DateType, type NumberType, readNotation } from '../../src/wire-types/notation.ts';

/** What a value that is not blank must be. */
export interface ValueForm {
  /** Name of the type in the schemas: `C6`, `N..20-6`, `PRICE_UNIT`, `C14.list`. */
  readonly name: string;
  /** The values there are, each with its label; undefined: not enumerated. */
  readonly values: ReadonlyMap<string, string> | undefined;
  /** What the whole value matches, unanchored ends; undefined: any text. */
  readonly pattern: string | undefined;
  /** Characters, exactly; undefined: no fixed number. */
  readonly length: number | undefined;
  /** Characters at most; undefined: no bound. */
  readonly maxLength: number | undefined;
}

const truths: ReadonlyMap<string, string> = new Map([
  ['1', '是'],
  ['0', '否'],
  ['T', '是（旧写法）'],
  ['F', '否（旧写法）'],
]);
const months = '((0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|(0[469]|11)(0[1-9]|[12][0-9]|30)|02(0[1-9]|[12][0-9]))';
const times = { 8: '', 12: '([01][0-9]|2[0-3])[0-5][0-9]', 14: '([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]' } as const;

/** @returns The form of what a field sends. */
export function valueForm({ wire, field }: WireUse, codes: CodeLists): ValueForm {
  const type = readNotation(wire.type);
  const notation = wire.type.replace(',', '-');
  const listed = listedValues({ wire, field }, codes);
  const values =
    listed === undefined || type === undefined
      ? undefined
      : new Map([...listed.values].filter(([code]) => checkValue(type, code) === undefined || listed.always));
  const bound = type?.kind === 'text' ? { length: type.exactly, maxLength: type.atMost } : { length: undefined, maxLength: undefined };
  const pattern = type?.kind === 'number' ? numberPattern(type) : type?.kind === 'date' ? datePattern(type) : undefined;
  const base = values === undefined || listed === undefined ? notation : `${listed.name}.${notation}`;
  if (!wire.multi) return { name: base, values, ...(values === undefined ? { pattern, ...bound } : none) };
  const item = values === undefined ? (pattern ?? lengthPattern(bound.length)) : [...values.keys()].map(literally).join('|');
  // An upper length bounds the list as a whole, as it is sent.
  return { name: `${base}.list`, values: undefined, pattern: listPattern(item), length: undefined, maxLength: bound.maxLength };
}

const none = { pattern: undefined, length: undefined, maxLength: undefined } as const;

interface Listed {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
  /** What is read by its graph type, whatever the notation. */
  readonly always: boolean;
}

function listedValues({ wire, field }: WireUse, codes: CodeLists): Listed | undefined {
  if (field.graphType === 'Boolean') return { name: 'Boolean', values: truths, always: true };
  const owned = hubEnums.get(field.graphType);
  if (owned !== undefined) return { name: field.graphType, values: new Map([...owned].map((value) => [value, value])), always: true };
  const list = codes.list(wire.list ?? '');
  if (list === undefined || !list.complete) return undefined;
  return { name: list.name, values: new Map(list.values.map(({ code, label }) => [code, label])), always: false };
}

function numberPattern({ digits, decimals }: NumberType): string {
  // Zeros that change nothing do not count.
  return `[+\\-]?0*[0-9]{1,${digits - decimals}}(\\.[0-9]{0,${decimals}}0*)?`;
}

function datePattern({ digits }: DateType): string {
  return `(19|[2-9][0-9])[0-9]{2}${months}${times[digits]}`;
}

function lengthPattern(length: number | undefined): string | undefined {
  if (length === undefined) return undefined;
  return length === 1 ? '[^;\\s]' : `[^;\\s][^;]{${length - 2}}[^;\\s]`;
}

/** Items may have blanks around them, and may be missing. */
function listPattern(item: string | undefined): string | undefined {
  return item === undefined ? undefined : `\\s*(${item})?\\s*(;\\s*(${item})?\\s*)*`;
}

function literally(code: string): string {
  return code.replaceAll(/[.*+?^${}()|[\]\\-]/g, '\\$&');
}
