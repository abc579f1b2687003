/**
 * Amounts above three billion yuan: nearly always 元 written where 万元 is meant.
 * @see standard/exchange.md 6 «amount above 30 亿元»
 */
import { joinParts } from '../../decode/join-parts.ts';
import { yuanOf } from '../../decode/money.ts';
import { compareDecimals } from '../../decimal.ts';
import type { Rule } from '../rule.ts';

const implausibleYuan = '3000000000';

export const amountImplausible: Rule = {
  id: 'AMOUNT_IMPLAUSIBLE',
  policy: 'Warning.',
  source: 'standard/exchange.md 6',
  judgesWithdrawals: false,
  tellsValue: true,
  find: ({ dataset, record }) =>
    dataset.fields
      .filter((field) => field.graphType === 'Money')
      .flatMap((field) => {
        const row = joinParts(field, record.fields).rows.find(
          (candidate) => compareDecimals(yuanOf(candidate) ?? '0', implausibleYuan) > 0,
        );
        if (row === undefined) return [];
        return [
          {
            field: field.wire.find((wire) => wire.part === 'amount')?.code ?? '',
            severity: 'warning',
            zh: '金额超过 30 亿元，请核对单位。',
            en: 'More than 3 billion yuan: check the unit.',
            value: row.get('amount') ?? '',
          },
        ];
      }),
};
