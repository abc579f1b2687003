/**
 * A mapping: which source a system's records come from, and how each dataset is made from it. Data, versioned; the editor's
 * JSON Schema (`mapping.schema.json`) is made from what stands here.
 * @see subgraphs/bridge/README.md
 */
import { z } from 'zod';

import { fieldRule } from './field-rule.ts';
import { portalCall } from './portal-call.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, '须为小写字母开头的字母、数字、连字符。Lower-case letters, digits and hyphens.');
const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, '须为环境变量的名称。The name of an environment variable.')
  .describe('环境变量的名称：口令不写进映射。Name of an environment variable, for a mapping holds no secrets.');
const postgres = z.strictObject({ kind: z.literal('postgres'), urlFrom: variable });
const mysql = z.strictObject({ kind: z.literal('mysql'), urlFrom: variable });
const portal = z.strictObject({
  kind: z.literal('portal'),
  url: z.url({ protocol: /^https?$/ }),
  headers: z.record(z.string(), z.union([z.string(), z.strictObject({ from: variable })])).default({}),
  perMinute: z.number().min(1).max(60_000).default(60).describe('每分钟最多几次请求。Requests a minute at most.'),
  tries: z.number().int().min(1).max(20).default(6).describe('一个请求最多试几次。Times one request is tried.'),
  pauseSeconds: z
    .number()
    .min(0)
    .max(60)
    .default(1)
    .describe('第一次重试前等多久，以后逐次加倍。Pause before the first further try; doubled each time.'),
  timeoutSeconds: z.number().min(1).max(600).default(30),
  published: z
    .strictObject({ name: z.string().min(1), link: z.string().min(1).optional() })
    .optional()
    .describe('记录是公开发布的：来源名称与网址所在。The records are published ones: the portal’s name, and where their address stands.'),
  calls: z.record(z.string(), portalCall),
});
const folder = z.strictObject({
  kind: z.literal('folder'),
  path: z.string().min(1).describe('收件目录；相对映射文件所在目录。The folder; relative to the mapping’s own.'),
  settleSeconds: z.number().min(0).max(3600).default(5).describe('多久不再变化才读。How long a file must not change.'),
  giveUpSeconds: z.number().min(0).max(604_800).default(3600).describe('不完整的文件等多久。How long an incomplete file is waited for.'),
  keep: z.boolean().default(false).describe('读完不移走，只在数据库中记住。Files stay; only the database remembers them.'),
});

const source = z.discriminatedUnion('kind', [postgres, mysql, portal, folder]);

const entry = z.strictObject({
  name: name.optional().describe('同一数据集有几个来源时用以区分。Tells several sources of one dataset apart.'),
  dataset: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/)
    .describe('标准中的数据集名称。Name of the dataset in the standard.'),
  from: z.string().min(1).max(200).describe('视图名，或 calls 中的名称。A view, or a name in calls.'),
  key: z.array(z.string().min(1)).min(1).describe('行主键的列，成为 DATA_KEY。Columns of the row’s key: its DATA_KEY.'),
  since: z
    .strictObject({
      column: z.string().min(1),
      overlap: z.number().int().min(0).default(300).describe('重读的秒数；列为序号时为个数。Seconds read again; of a sequence, numbers.'),
    })
    .optional()
    .describe('只增的列（修改时间或序号）；不写则每次全部比对。A column that only grows; without it all rows are compared each time.'),
  fields: z.record(z.string().regex(/^[A-Za-z]\w{0,99}$/), fieldRule),
  note: z.string().optional(),
});

/** The mapping document. */
export const mapping = z
  .strictObject({
    $schema: z.string().optional(),
    version: z.literal(1),
    bridge: name.describe('本桥接的名称，永不改变。Name of this bridge, never changed.'),
    system: name.describe('交易系统代码。Code of the system.'),
    note: z.string().optional(),
    source,
    fullEveryHours: z
      .number()
      .min(0)
      .max(8760)
      .default(24)
      .describe('多久全部比对一次，以发现撤销。How often all rows are compared, to find what was withdrawn.'),
    withdrawAtMostPercent: z
      .number()
      .min(0)
      .max(100)
      .default(20)
      .describe('一次全部比对最多撤销的百分比。Percentage that one comparison may withdraw.'),
    datasets: z.array(entry).default([]),
  })
  .superRefine(({ source: { kind }, datasets }, context) => {
    const refuse = (message: string, path: (string | number)[]): void => context.addIssue({ code: 'custom', message, path });
    if (kind === 'folder' && datasets.length > 0)
      refuse('文件夹里已是标准报文，不写 datasets。A folder holds wire messages: no datasets.', ['datasets']);
    if (kind !== 'folder' && datasets.length === 0) refuse('至少一个数据集。One dataset at least.', ['datasets']);
    const names = datasets.map(entryName);
    names.forEach((each, place) => {
      if (names.indexOf(each) < place) refuse(`${each} 重复，请写不同的 name。Repeated: give it a name.`, ['datasets', place, 'name']);
    });
  });

/** A mapping, read. */
export type Mapping = z.output<typeof mapping>;
export type Entry = Mapping['datasets'][number];
export type Source = Mapping['source'];
export type PortalSource = Extract<Source, { kind: 'portal' }>;
export type FolderSource = Extract<Source, { kind: 'folder' }>;

/** @returns What an entry is called in positions and reports. */
export function entryName({ name: given, dataset }: { readonly name?: string | undefined; readonly dataset: string }): string {
  return given ?? dataset;
}

/** @returns The JSON Schema that editors check a mapping by. */
export function mappingJsonSchema(): object {
  return z.toJSONSchema(mapping, { io: 'input', target: 'draft-2020-12' });
}
