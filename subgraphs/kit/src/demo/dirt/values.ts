/**
 * Dirt in values: dates in other forms or impossible, amounts without a unit or in the wrong one, lists of unequal length.
 * @see standard/exchange.md 6, 10; standard/identifiers.md 11, 13
 */
import { type DemoFields, type DirtRule, replaced, without } from './dirt-rule.ts';

export const valueDirt = {
  slashDate: {
    seen: 'two forms of dates in one record',
    on: ['SECTION', 'TENDER_ANN_QUA_INQUERY_ANN', 'CONTRACT_PERFORMANCE'],
    share: 0.03,
    effect: 'warning',
    spoil: (fields) => ['CREATE_TIME', 'DOC_GET_START_TIME', 'SUBMIT_TIME'].reduce((rest, code) => replaced(rest, code, slashed), fields),
  },
  impossibleDate: {
    seen: 'dates typed by hand',
    on: ['BID_EVALUATION_EXPERT'],
    share: 0.01,
    effect: 'refusal',
    spoil: (fields) => replaced(fields, 'EXPERT_CHECK_IN_TIME', (time) => `${time.slice(0, 4)}0230${time.slice(8)}`),
  },
  missingUnit: {
    seen: 'prices without a unit',
    on: ['WIN_RESULT_ANNO', 'TENDER_LIST'],
    share: 0.02,
    effect: 'none',
    applies: (fields) => fields['PRICE_UNIT'] !== undefined,
    spoil: (fields) => without(fields, 'PRICE_UNIT'),
  },
  tenThousandsAsYuan: {
    seen: '万元 written as 元',
    on: ['WIN_RESULT_ANNO'],
    share: 0.02,
    effect: 'none',
    applies: (fields) => fields['PRICE_UNIT'] !== undefined && amountIn(fields, 'BID_AMOUNT') >= 100_000,
    spoil: (fields) => ({
      ...replaced(fields, 'BID_AMOUNT', (amount) => (fields['PRICE_UNIT'] === '1' ? amount : byTenThousand(amount))),
      PRICE_UNIT: '0',
    }),
  },
  yuanAsTenThousands: {
    seen: '元 written as 万元: the reason why amounts above three billion are questioned',
    on: ['TENDER_LIST'],
    share: 0.005,
    effect: 'warning',
    applies: (fields) => fields['PRICE_UNIT'] === '0' && amountIn(fields, 'BID_PRICE') > 300_000,
    spoil: (fields) => ({ ...fields, PRICE_UNIT: '1' }),
  },
  unequalParties: {
    seen: 'joint tenderers, one of whom brings no code: nobody can tell which',
    on: ['TENDER_PROJECT'],
    share: 0.03,
    effect: 'warning',
    spoil: (fields) =>
      replaced(
        replaced(fields, 'TENDERER_NAME', (names) => [names, ...['第二', '第三'].map((part) => `${first(names)}${part}管理处`)].join(';')),
        'TENDERER_CODE',
        (codes) => `${first(codes)};${codes}`,
      ),
  },
  overLongValue: {
    seen: 'remarks in fields meant for a word',
    on: ['LETTER_OF_GUARANTEE'],
    share: 0.02,
    effect: 'refusal',
    spoil: (fields) => replaced(fields, 'GUARANTEE_STATUS', (status) => `${status}，详见备注。`.repeat(30)),
  },
  missingKey: {
    seen: 'rows without any key',
    on: ['TENDER_EVALUATION'],
    share: 0.02,
    effect: 'refusal',
    spoil: (fields) => fields,
    keyless: true,
  },
} as const satisfies Record<string, DirtRule>;

function slashed(time: string): string {
  return `${time.slice(0, 4)}/${time.slice(4, 6)}/${time.slice(6, 8)}`;
}

function first(list: string): string {
  return list.split(';')[0] ?? '';
}

function amountIn(fields: DemoFields, code: string): number {
  return Number(fields[code] ?? 0);
}

/** Exact: the amounts have two decimals, so four more places are six. */
function byTenThousand(amount: string): string {
  const [whole = '0', decimals = ''] = amount.split('.');
  const digits = whole.padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}${decimals}`;
}
