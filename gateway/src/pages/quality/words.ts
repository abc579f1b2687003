/**
 * What the pages of quality call things, Chinese first.
 */
import { law } from '@hub/schema';

import { titleOf } from '../systems/words.ts';
import type { Cell } from './ask-quality.ts';

/** A measure: how a cell is judged. */
export type Measure = 'completeness' | 'timeliness' | 'conformity' | 'accuracy' | 'repairRate';

/** Every measure with its words, and what it says. */
export const measures: readonly (readonly [Measure, string, string, string])[] = [
  ['conformity', '合规', 'conformity', '不违反形式规则的，占已决定的'],
  ['accuracy', '准确', 'accuracy', '什么规则也不违反的，占合规的'],
  ['timeliness', '及时', 'timeliness', '业务时间当日取到的，占有业务时间的'],
  ['completeness', '完整', 'completeness', '已有结果的标段，应有的阶段到了几成'],
  ['repairRate', '修复', 'repair', '拒收之后已改正的，占拒收的'],
];

/** @returns The measure that is asked for; else the first. */
export function measureOf(asked: string | null): Measure {
  return measures.find(([name]) => name === asked)?.[0] ?? 'conformity';
}

/** @returns The rate of a cell by a measure, 0 to 1; undefined where there is nothing to compare. */
export function rateOf(cell: Pick<Cell, 'completeness' | 'figures'>, measure: Measure): number | undefined {
  const text = measure === 'completeness' ? cell.completeness : cell.figures[measure];
  return text === undefined || text === null ? undefined : Number(text);
}

/** @returns `98.7%`, never rounded up to a whole that it is not; «–» where there is nothing. */
export function percent(rate: number | undefined): string {
  if (rate === undefined) return '–';
  return rate === 1 ? '100%' : `${(Math.floor(rate * 1000) / 10).toFixed(1)}%`;
}

/** @returns How good a rate is: what is aimed at is 98 %. */
export function gradeOf(rate: number | undefined): 'good' | 'fair' | 'poor' | 'none' {
  if (rate === undefined) return 'none';
  return rate >= 0.98 ? 'good' : rate >= 0.9 ? 'fair' : 'poor';
}

/** A trade as a cell names it: the gateway does not know the province's own. */
export type Trade = Pick<Cell, 'category' | 'categoryZh' | 'categoryEn'>;

/** @returns The name of a trade. */
export function tradeName({ category, categoryZh }: Trade): string {
  return category === '' ? '不属任何类别' : (categoryZh ?? law().codes.label('CATEGORY', category) ?? titleOf(category));
}

/** @returns Its English name; nothing where it has none. */
export function tradeEnglish({ category, categoryEn }: Trade): string {
  return category === '' ? 'Of no trade' : (categoryEn ?? '');
}

/** @returns The name of a stage. */
export function stageName(stage: string): string {
  return law().codes.label('NOTICE_STAGE', stage) ?? stage;
}

/** @returns A dataset's name as its contract begins its description; its code when no contract has it. */
export function datasetName(code: string): string {
  const dataset = law()
    .contracts.flatMap(({ contract }) => contract.datasets)
    .find((known) => known.code === code);
  return dataset?.description.split(/[。，；：.（]/)[0] ?? (code === '' ? '无法辨认' : code);
}

/** @returns `12,345`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}
