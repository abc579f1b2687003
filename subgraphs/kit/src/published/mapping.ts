/**
 * The mapping of published records as data (`mapping/published.json` of a province folder): which words of which portal mean
 * which wire field. No place, portal or category is named in code.
 * @see schema/province/README.md
 */
import { HubError } from '@hub/schema';
import { z } from 'zod';

/** Where a value stands in a published record: `title`, `national.URL`, `raw.id`. */
const path = z.string().regex(/^(?:[a-zA-Z]+|(?:national|raw)\..+)$/);
const pattern = z.string().transform((source, context) => {
  try {
    return new RegExp(source, 'u');
  } catch {
    context.addIssue({ code: 'custom', message: 'Not a regular expression.' });
    return z.NEVER;
  }
});

const fieldRule = z.object({
  to: z.string().min(1),
  /** The first of these that is there; absent for a fixed value. */
  from: z.array(path).default([]),
  value: z.string().optional(),
  /** `text`, `time`, `date`, `decimal`, `list`, or the name of a table. */
  as: z.string().default('text'),
  /** The rule does not hold when one of these is there. */
  unless: z.array(path).default([]),
  /** Wire fields that only make sense beside this one. */
  also: z.record(z.string(), z.union([z.object({ from: path }), z.object({ value: z.string() })])).default({}),
});

const recordRule = z.object({
  when: z.object({ category: z.string().optional(), dataset: z.string().optional(), stage: z.string().optional() }),
  /** Wire dataset to send. */
  dataset: z.string().min(1),
  /** Sent only when none of the others is a notice by itself. */
  unlessNotice: z.boolean().default(false),
  /** Sent only when one of these wire fields is there. */
  needs: z.array(z.string()).default([]),
  fields: z.array(fieldRule).min(1),
});

const mapping = z.object({
  portals: z.array(
    z.object({
      name: z.string().min(1),
      /** Goes into the DATA_KEY: ids repeat across portals. */
      short: z.string().regex(/^[a-z][a-z0-9]*$/),
      keys: z.array(z.object({ from: path, match: pattern.optional() })),
    }),
  ),
  times: z.array(z.object({ match: pattern, as: z.string() })),
  tables: z.record(z.string(), z.record(z.string(), z.string())),
  /** Exceptions to «the nearest system up the tree of regions», first match wins; of any region or category where none is named. */
  systems: z.array(z.object({ region: z.string().optional(), category: z.string().optional(), system: z.string() })),
  records: z.array(recordRule).min(1),
  /** What portals write between the names of several parties. */
  separators: z.array(z.string().min(1)),
});

export type PublishedMapping = z.infer<typeof mapping>;
export type FieldRule = z.infer<typeof fieldRule>;
export type RecordRule = z.infer<typeof recordRule>;

/** @param document - Parsed `mapping/published.json`. @throws HubError CONFIG_INVALID with the first thing that is wrong. */
export function readPublishedMapping(document: unknown): PublishedMapping {
  const result = mapping.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const at = issue?.path.join('.') ?? '';
  throw new HubError('CONFIG_INVALID', {
    zh: `省份数据 mapping/published.json 的 ${at} 不符合要求，请改正该文件。`,
    en: `Province data: ${at} of mapping/published.json is not as required (${issue?.message ?? ''}). Correct the file.`,
    cause: result.error,
  });
}
