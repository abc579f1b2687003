/**
 * Wire values for generated records: few enough that filters hit, orders tie and relations join, and nasty enough that
 * orders by UTF-16 units, floats or a machine's time zone go wrong.
 * @see design/partitioning.md «Order»
 */
import { type CodeLists, type Field, type WireField, dealCodeCheck } from '@hub/schema';

import type { Dice } from './dice.ts';

/** What the records of one system draw from. */
export interface Pool {
  readonly codes: CodeLists;
  /** Business codes by the name of their identifier rule. */
  readonly identifiers: ReadonlyMap<string, readonly string[]>;
  /** The system's own platform and others'. */
  readonly platforms: readonly { readonly platform: string; readonly tradePlat: string }[];
  readonly regions: readonly string[];
}

/** A wire field and the graph field it fills. */
export interface WireUse {
  readonly wire: WireField;
  readonly field: Field;
}

/** Words of names and titles: a bracket above the surrogates, a character beyond them, letters of several widths. */
export const words = [
  '道路改造',
  '（一期）',
  '𠮷星路',
  'Ⅱ标段',
  'ＡＢＣ大厦',
  'abc Road',
  'ABC road',
  '学校',
  '改造道路',
  '水库',
  'é',
  ' ',
  '%_\\',
] as const;

const names = ['甲建设有限公司', '乙路桥集团', '丙监理（广）公司', '𠮷田设计', 'Delta Co', 'ｄｅｌｔａ Co', '王某'] as const;
const digitsAndDecimals = /^N(?:\.\.)?(\d+)(?:,(\d+))?$/;
const amounts = [
  '0',
  '1',
  '1.0',
  '1.50',
  '2',
  '10',
  '9',
  '99.9',
  '100',
  '100.000001',
  '-3',
  '007',
  '12345678901234.123456',
  '9007199254740993',
] as const;
const moments = [
  '20250131235959',
  '20250201000000',
  '20250228160000',
  '20260301000000',
  '2026-03-01T00:00:00.000001+08:00',
  '2026-03-01T00:00:00.000002+08:00',
  '2026-02-28T16:00:00Z',
  '2026/3/1',
  '20260815',
  '202608151030',
  '20260815103000',
] as const;
/** The last is none, and not shown. */
const addresses = ['https://trade.example/notices/1', 'HTTP://trade.example/公告/2?id=3', 'javascript:alert(1)'] as const;
/** Far enough from any clock that no run straddles it. */
const future = '20991231000000';

/** @returns Text of one wire field; undefined when the dice leave it out. */
export function wireText(throws: Dice, pool: Pool, use: WireUse): string | undefined {
  if (!use.wire.multi) return one(throws, pool, use);
  const items = Array.from({ length: 1 + throws.int(3) }, () => one(throws, pool, use) ?? '');
  return items.join(';');
}

function one(throws: Dice, pool: Pool, { wire, field }: WireUse): string | undefined {
  const { code, type, list } = wire;
  if (code === 'PLATFORM_CODE') return throws.pick(pool.platforms).platform;
  if (code === 'TRADE_PLAT') return throws.pick(pool.platforms).tradePlat;
  // A notice sent to the board itself speaks of lots that other records tell of; a deal sent there has a lot of its own.
  if (code === 'LOT_CODES') return throws.pick(pool.identifiers.get('bidSectionCode') ?? ['L-1']);
  if (code === 'LOT_CODE') return `L-${throws.int(40)}`;
  if (code === 'RECORD_ID') return undefined;
  if (field.graphType === 'Boolean') return throws.pick(['0', '1']);
  if (list === 'REGION') return throws.pick(pool.regions);
  if (list !== undefined) return listed(throws, pool.codes, list);
  const identifiers = pool.identifiers.get(wire.id ?? '');
  if (identifiers !== undefined) return throws.chance(0.1) ? throws.pick(identifiers).toLowerCase() : throws.pick(identifiers);
  if (wire.id === 'webAddress') return throws.pick(addresses);
  if (field.graphType === 'Direction') return throws.pick(['PUBLIC_PAYS', 'PUBLIC_RECEIVES']);
  if (wire.part === 'name') return throws.pick(names);
  if (wire.part === 'html' || wire.part === 'text') return `<p>${throws.some(words.slice(0, 10), 1, 3).join('</p><p>')}</p>`;
  if (type.startsWith('yyyy')) return throws.chance(0.12) ? future : throws.pick(moments);
  if (type.startsWith('N')) return fitting(throws, type, field.graphType === 'Int');
  return lettered(throws, type);
}

function listed(throws: Dice, codes: CodeLists, list: string): string | undefined {
  const known = (codes.list(list)?.values ?? []).slice(0, 4).map(({ code }) => code);
  return known.length === 0 ? undefined : throws.pick(known);
}

function fitting(throws: Dice, type: string, whole: boolean): string {
  const [, all = '1', decimals = '0'] = digitsAndDecimals.exec(type) ?? [];
  const room = Number(all) - Number(decimals);
  const fit = amounts.filter((text) => {
    const [before = '', after = ''] = text.replace(/^-?0*/, '').split('.');
    return (
      before.length <= Math.min(room, whole ? 9 : room) &&
      (whole ? !text.includes('.') : after.replace(/0+$/, '').length <= Number(decimals))
    );
  });
  return throws.pick(fit);
}

function lettered(throws: Dice, type: string): string {
  const exactly = /^C(\d+)$/.exec(type)?.[1];
  if (exactly !== undefined) return 'X'.repeat(Number(exactly));
  const most = Number(/^C\.\.(\d+)$/.exec(type)?.[1] ?? 600);
  const text = throws.some(words, 1, 3).join('');
  return [...text].slice(0, most).join('');
}

/** @returns A unified deal code with a right check character. */
export function unifiedDealCode(place: number): string {
  const body = `A01-4${String(place).padStart(17, '0')}-20250131-${String(place % 1000000).padStart(6, '0')}`;
  return `${body}-${dealCodeCheck(body) ?? '0'}`;
}
