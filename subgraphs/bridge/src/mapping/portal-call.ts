/**
 * How a JSON search API is asked: a list in pages and windows of time, and a detail for each of its rows.
 * @see standard/exchange.md 3; subgraphs/bridge/README.md
 */
import { z } from 'zod';

import { timeFormat } from './field-rule.ts';

/** Dots between names, `*` for every item: `data.pageData`, `detail.groups.*.items.*`. */
const path = z.string().min(1).max(300);

const request = {
  method: z.enum(['GET', 'POST']).default('GET'),
  path: z.string().regex(/^\//, '须以 / 开头。Must begin with /.'),
  query: z.record(z.string(), z.string()).default({}),
  body: z.record(z.string(), z.json()).optional(),
  ok: z
    .strictObject({ at: path, is: z.array(z.string()).min(1) })
    .optional()
    .describe('答复正确的标志；别的值按失败重试。What a good answer says; anything else is tried again.'),
};

/** How a list is asked. */
const listRequest = z.strictObject({
  ...request,
  rows: path.describe('各行所在。Where the rows stand.'),
  total: path.describe('总数所在。Where the total stands.'),
  pageSize: z.number().int().min(1).max(1000).default(50),
  firstPage: z.number().int().min(0).max(1).default(1),
  timeFormat: timeFormat
    .default('yyyy-MM-dd HH:mm:ss')
    .describe('{from}、{to} 的写法，UTC+8，两端都含。How {from} and {to} are written; both inclusive.'),
});

/** How the detail of a row is asked. */
const detailRequest = z.strictObject({
  ...request,
  at: path.optional().describe('详情所在；不写为整个答复。Where the detail stands.'),
});

/** One list of a portal. */
export const portalCall = z.strictObject({
  since: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .describe('从哪一天读起，UTC+8。The first day that is read.'),
  windowDays: z.number().int().min(1).max(366).default(7).describe('一次查询的天数。Days of one window.'),
  overlapDays: z.number().int().min(0).max(366).default(2).describe('再读最近几天，以补迟到的。Days read again, for what came late.'),
  mostRows: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .default(2000)
    .describe('一个窗口最多的行数，超过即拆分。A window with more rows is split.'),
  list: listRequest,
  detail: detailRequest.optional(),
  pairs: z
    .strictObject({ at: path, code: z.string().min(1), value: z.string().min(1) })
    .optional()
    .describe('由 {code, value} 组成的清单 → pairs.代码。Lists of {code, value} → pairs.CODE.'),
});

export type PortalCall = z.output<typeof portalCall>;
export type PortalRequest = Pick<z.output<typeof listRequest>, 'method' | 'path' | 'query' | 'body' | 'ok'>;
