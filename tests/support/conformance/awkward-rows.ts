/**
 * Notices whose keys and titles are as awkward as they get, all of one instant, so that their ids alone put them in order; and
 * deals at the edges of months and decimals.
 * @see schema/PROTOCOL.md 3
 */
import type { WireRecord } from '@hub/schema';

/** What sorts otherwise by collation, by UTF-16, by case, by length or by number; and what markup and statements are made of. */
const awkward = [
  '𠮷野',
  '\u{10FFFF}',
  '\uFFFD',
  '\uE000',
  'é',
  'e\u0301',
  'Z',
  'a',
  'A',
  'ß',
  'İ',
  '10',
  '9',
  '甲',
  '中，文；',
  '"引"号\'',
  '\\',
  '100%_',
  '<&amp;>',
  ']]>',
  '👨‍👩‍👧',
  '内\u2028外',
  '$1',
  'null',
] as const;

const notices: readonly WireRecord[] = awkward.map((odd) => ({
  dataset: 'BOARD_NOTICE',
  dataKey: `甲${odd}乙`,
  op: 'put',
  fields: { TITLE: `公告${odd}正文`, CATEGORY: 'other', STAGE: 'TENDER', PUBLISHED_AT: '20260801003000' },
}));

const parties: readonly WireRecord[] = awkward.map((odd, place) => ({
  dataset: 'BOARD_DEAL',
  dataKey: `成交${odd}`,
  op: 'put',
  fields: {
    LOT_CODE: `AWKWARD-${place}`,
    CATEGORY: 'other',
    DIRECTION: 'PUBLIC_PAYS',
    STATE: 'AWARDED',
    DECIDED_AT: '20260815120000',
    WINNER_NAME: `公司${odd.replaceAll(';', '；')}`,
    PRICE: '0.10',
    PRICE_CURRENCY: '156',
    PRICE_UNIT: '0',
  },
}));

/** Decided early on the first of a month: in UTC it is the month before. */
const monthEdge: WireRecord = {
  dataset: 'BOARD_DEAL',
  dataKey: 'month-edge',
  op: 'put',
  fields: {
    LOT_CODE: 'MONTH-EDGE',
    CATEGORY: 'other',
    DIRECTION: 'PUBLIC_PAYS',
    STATE: 'AWARDED',
    DECIDED_AT: '20260801003000',
    PRICE: '1000000000.07',
    PRICE_CURRENCY: '156',
    PRICE_UNIT: '0',
  },
};

/** Rows of the board that every audit must cope with. */
export const awkwardRows: readonly WireRecord[] = [...notices, ...parties, monthEdge];
