/**
 * Every kind of dirt: where real data has it, in which share the demonstration has it, what the law says to it, and how it is
 * made. What a field is for decides where it stands, so that every trade shows it.
 * @see standard/exchange.md 6, 10; standard/identifiers.md 1, 4, 5, 11, 13
 */
import { readNotation } from '@hub/schema';

import { orgCodeOf } from '../codes.ts';
import type { Random } from '../random.ts';
import type { DirtPlace } from './dirt-place.ts';

export type DemoFields = Readonly<Record<string, string>>;

/** What a record tells besides the value that is spoilt. */
export interface DirtTools {
  readonly fields: DemoFields;
  readonly place: DirtPlace;
  /** Of this record alone. */
  readonly random: Random;
}

/** One kind of dirt. */
export interface DirtRule {
  /** Seen where. */
  readonly seen: string;
  /** Share of the records that have where it would stand. */
  readonly share: number;
  /** What validation says: nothing, a warning, or no. */
  readonly effect: 'none' | 'warning' | 'refusal';
  /** Where it stands: a wire field, or the record as a whole, whose code is empty. */
  readonly at: (place: DirtPlace) => boolean;
  /** What is sent in place of the fields, empty for not at all; undefined: this value cannot be spoilt so. */
  readonly spoil: (value: string, tools: DirtTools) => DemoFields | undefined;
}

const titleCharacters = 22;
/** What pages bring along and nobody may be shown: scripts, handlers, frames, addresses that run code. */
const unsafe = [
  '<script>document.title="demo"</script>',
  '<p onclick="alert(1)">点击查看附件</p>',
  '<iframe src="https://frame.example/"></iframe>',
  '<a href="javascript:alert(1)">下载</a>',
  '<img src="x" onerror="alert(1)"><style>p{display:none}</style>',
] as const;
const casedIds: ReadonlySet<string> = new Set(['projectCode', 'tenderProjectCode', 'bidSectionCode', 'unifiedDealCode', 'partyCode']);

/** Every kind, in the order in which shares are laid out. */
export const dirtTable = {
  wrongPartyCheck: {
    seen: 'credit codes typed by hand',
    share: 0.015,
    effect: 'warning',
    at: ({ id, free }) => free && id === 'partyCode',
    spoil: (value, { place }) => (value.length < 18 ? undefined : { [place.code]: otherCheck(value) }),
  },
  slashDate: {
    seen: 'two forms of dates in one record',
    share: 0.03,
    effect: 'warning',
    at: (place) => place.free && digitsOf(place) > 0,
    spoil: (value, { place }) => ({ [place.code]: `${value.slice(0, 4)}/${value.slice(4, 6)}/${value.slice(6, 8)}` }),
  },
  unsafeHtml: {
    seen: 'pages stored as they came',
    share: 0.05,
    effect: 'none',
    at: ({ role }) => role === 'html',
    spoil: (value, { place, random }) => ({ [place.code]: `${random.pick(unsafe)}${value}${random.pick(unsafe)}` }),
  },
  truncatedTitle: {
    seen: 'lists that cut titles',
    share: 0.03,
    effect: 'none',
    at: ({ role }) => role === 'title',
    // By characters: a cut between two halves of one would be no text at all.
    spoil: (value, { place }) => ({ [place.code]: `${[...value].slice(0, titleCharacters).join('')}...` }),
  },
  missingKey: {
    seen: 'rows without any key',
    share: 0.02,
    effect: 'refusal',
    at: ({ code, leaf }) => code === '' && leaf,
    spoil: () => ({}),
  },
  missingUnit: {
    seen: 'prices without a unit',
    share: 0.02,
    effect: 'none',
    at: ({ part, optional }) => part === 'unit' && optional,
    spoil: (_value, { place }) => ({ [place.code]: '' }),
  },
  misspeltField: {
    seen: 'names that are misspelt where the standard is right',
    share: 0.02,
    effect: 'warning',
    at: ({ named, code, codes }) => named && !codes.has(code.slice(0, -1)),
    spoil: (value, { place }) => ({ [place.code.slice(0, -1)]: value }),
  },
  wrongDealCheck: {
    seen: 'unified deal codes computed with an overflow',
    share: 0.01,
    effect: 'warning',
    at: ({ id, free }) => free && id === 'unifiedDealCode',
    spoil: (value, { place }) => ({ [place.code]: otherCheck(value) }),
  },
  lowerCaseCode: {
    seen: 'codes of one city in lower case',
    share: 0.01,
    effect: 'none',
    at: ({ id }) => casedIds.has(id ?? ''),
    spoil: (value, { place }) => (/[A-Z]/.test(value) ? { [place.code]: value.toLowerCase() } : undefined),
  },
  oldOrganisationCode: {
    seen: 'parties under their code of before 2015, with or without its hyphen',
    share: 0.01,
    effect: 'none',
    at: ({ id, free, type }) => free && id === 'partyCode' && type.startsWith('C..'),
    spoil: (value, { place, random }) => {
      // Of an organisation, not of a person: theirs has digits alone there.
      if (!/^\d{8}[A-Z]{3}[0-9A-Z]{7}$/.test(value)) return undefined;
      const old = orgCodeOf(value);
      return { [place.code]: random.chance(0.5) ? `${old.slice(0, 8)}-${old.slice(8)}` : old };
    },
  },
  nameOnly: {
    seen: 'parties without any code',
    share: 0.01,
    effect: 'none',
    at: ({ id, free, optional }) => free && optional && id === 'partyCode',
    spoil: (_value, { place }) => ({ [place.code]: '' }),
  },
  tenThousandsAsYuan: {
    seen: '万元 written as 元',
    share: 0.01,
    effect: 'none',
    at: ({ part, free }) => free && part === 'unit',
    spoil: (value, { place }) => (value === '1' ? { [place.code]: '0' } : undefined),
  },
  yuanAsTenThousands: {
    seen: '元 written as 万元: the reason why amounts above three billion are questioned',
    share: 0.01,
    effect: 'warning',
    at: ({ part, free }) => free && part === 'unit',
    spoil: (value, { fields, place }) =>
      value === '0' && Number(fields[place.amount ?? ''] ?? 0) > 300_000 ? { [place.code]: '1' } : undefined,
  },
  unequalParties: {
    seen: 'joint parties, one of whom brings no code: nobody can tell which',
    share: 0.01,
    effect: 'warning',
    at: ({ part, multi, partyCodes, role }) => part === 'name' && multi && partyCodes !== undefined && role !== 'winners',
    spoil: (value, { fields, place }) => {
      const codes = fields[place.partyCodes ?? ''];
      if (codes === undefined) return undefined;
      const more = ['第二', '第三'].map((part) => `${first(value)}${part}管理处`);
      return { [place.code]: [value, ...more].join(';'), [place.partyCodes ?? '']: `${first(codes)};${codes}` };
    },
  },
  oddDay: {
    seen: 'days with a midnight behind them, or as people write them',
    share: 0.01,
    effect: 'warning',
    at: (place) => place.free && digitsOf(place) === 8,
    spoil: (value, { place, random }) => ({
      [place.code]: random.chance(0.5)
        ? `${value}000000`
        : `${value.slice(0, 4)}年${Number(value.slice(4, 6))}月${Number(value.slice(6, 8))}日`,
    }),
  },
  spacedTime: {
    seen: 'times as databases print them',
    share: 0.01,
    effect: 'warning',
    at: (place) => place.free && digitsOf(place) > 8,
    spoil: (value, { place }) => ({
      [place.code]: value.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)/, '$1-$2-$3 $4:$5').replace(/(:\d\d)(\d\d)$/, '$1:$2'),
    }),
  },
  impossibleDate: {
    seen: 'dates typed by hand',
    share: 0.01,
    effect: 'refusal',
    at: (place) => place.free && place.leaf && digitsOf(place) > 0,
    spoil: (value, { place }) => ({ [place.code]: `${value.slice(0, 4)}0230${value.slice(8)}` }),
  },
  codeInTitle: {
    seen: 'the code of the lot inside a title',
    share: 0.01,
    effect: 'none',
    at: ({ role, lots }) => role === 'title' && lots !== undefined,
    spoil: (value, { fields, place }) => {
      const lot = first(fields[place.lots ?? ''] ?? '');
      return lot === '' ? undefined : { [place.code]: `${value}${lot}` };
    },
  },
  fullWidthTitle: {
    seen: 'digits and letters typed in full width',
    share: 0.01,
    effect: 'none',
    at: ({ role }) => role === 'title',
    spoil: (value, { place }) =>
      /[0-9A-Z]/i.test(value)
        ? { [place.code]: value.replaceAll(/[0-9A-Z]/gi, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0)) }
        : undefined,
  },
  sameNoticeTwice: {
    seen: 'one notice under two ids',
    share: 0.02,
    effect: 'none',
    at: ({ code, twin }) => code === '' && twin,
    spoil: () => ({}),
  },
} as const satisfies Record<string, DirtRule>;

export type DirtKind = keyof typeof dirtTable;

/** Another last character, which both alphabets have. */
function otherCheck(code: string): string {
  return `${code.slice(0, -1)}${code.endsWith('1') ? '2' : '1'}`;
}

function first(list: string): string {
  return list.split(';')[0] ?? '';
}

/** Digits of a date as the sheet has it; 0: no date. */
function digitsOf({ type }: DirtPlace): number {
  const read = readNotation(type);
  return read?.kind === 'date' ? read.digits : 0;
}
