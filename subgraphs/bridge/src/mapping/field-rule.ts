/**
 * How one wire field is made from a row: a column or path, or a constant, and at most one of a closed list of transforms.
 * There is no code in mappings, so that whoever reads one knows all it can do.
 * @see subgraphs/bridge/README.md «映射 · Mapping»
 */
import { z } from 'zod';

import { isTimeFormat } from './time-format.ts';

/** A form of time, as formats and lists write it. */
export const timeFormat = z.string().refine(isTimeFormat, '不是时间的写法。Not a form of time.');

const column = z.string().min(1).max(200);

const wholeRule = z
  .strictObject({
    from: z
      .union([column, z.array(column).min(1)])
      .optional()
      .describe('列名或路径；写几个时取第一个有值的。Column or path; of several, the first that has a value.'),
    value: z.string().optional().describe('常量。A constant.'),
    as: z
      .enum(['text', 'time', 'date', 'number', 'flag'])
      .default('text')
      .describe('text 原样；time → yyyyMMddHHmmss；date → yyyyMMdd；number 去掉千分位；flag → 1/0。What it becomes.'),
    formats: z
      .array(timeFormat)
      .min(1)
      .optional()
      .describe(
        'time、date 的写法，如 yyyy/M/d H:mm、epochMillis；不写则认常见写法。无时区者为 UTC+8。Forms of time and date; UTC+8 without a zone.',
      ),
    shift: z
      .number()
      .int()
      .min(-12)
      .max(12)
      .optional()
      .describe('number 乘以 10 的几次方：万元 → 元 为 4。Powers of ten a number is multiplied by.'),
    codes: z.record(z.string(), z.string()).optional().describe('代码对照：本地值 → 标准代码。Local value → code of the standard.'),
    otherwise: z
      .string()
      .optional()
      .describe('对照表里没有时用的代码；不写则该行拒收。The code for values not in the table; without it the row is refused.'),
    separators: z
      .array(z.string().min(1))
      .optional()
      .describe('多值之间的分隔符，统一为半角分号。What stands between several values; becomes a semicolon.'),
    note: z.string().optional().describe('备注，如单位。A note, such as the unit.'),
  })
  .refine(({ from, value }) => (from === undefined) !== (value === undefined), {
    message: 'from 与 value 须恰好写一个。Exactly one of from and value.',
  })
  .refine(({ otherwise, codes }) => otherwise === undefined || codes !== undefined, {
    message: 'otherwise 只与 codes 一起用。otherwise goes with codes.',
  })
  .refine(({ formats, as }) => formats === undefined || as === 'time' || as === 'date', {
    message: 'formats 只用于 time 与 date。formats are for time and date.',
  })
  .refine(({ shift, as }) => shift === undefined || as === 'number', { message: 'shift 只用于 number。shift is for number.' });

/** A column's name alone stands for its text. */
export const fieldRule = z.union([column, wholeRule]);

/** How one wire field is made. */
export type FieldRule = z.output<typeof fieldRule>;
/** The same, written out. */
export type WholeRule = z.output<typeof wholeRule>;

/** @returns The rule written out. */
export function wholeRuleOf(rule: FieldRule): WholeRule {
  return typeof rule === 'string' ? { from: rule, as: 'text' } : rule;
}

/** @returns The columns it reads. */
export function columnsOf(rule: FieldRule): readonly string[] {
  const { from = [] } = wholeRuleOf(rule);
  return typeof from === 'string' ? [from] : from;
}
