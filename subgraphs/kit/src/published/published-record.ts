/**
 * One record as a portal published it: facts with their source, incomplete and uneven as they are.
 * @see schema/province/README.md
 */
import { HubError } from '@hub/schema';
import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean()]);

const publishedRecord = z.object({
  /** Number in the list the records come from: part of the key where a portal gives no id. */
  no: z.number().int().positive(),
  portal: z.string().min(1),
  category: z.string().min(1),
  stage: z.string().min(1),
  regionCode: z.string().regex(/^\d{6}$/),
  title: z.string().min(1),
  publishedAt: z.string().optional(),
  url: z.string().optional(),
  /** Where the record itself was found. */
  source: z.string().min(1),
  /** Likely dataset of the standard. */
  dataset: z.string().min(1),
  /** Fields that plainly match a national code. */
  national: z.record(z.string(), value).default({}),
  /** The portal's own fields, as far as the mapping reads them. */
  raw: z.record(z.string(), value).default({}),
});

export type PublishedRecord = z.infer<typeof publishedRecord>;

/** @param line - One line of a `.jsonl` file. @throws HubError CONFIG_INVALID with the line's beginning when it is not such a record. */
export function readPublishedRecord(line: string): PublishedRecord {
  const result = publishedRecord.safeParse(parse(line));
  if (result.success) return result.data;
  const at = result.error.issues[0]?.path.join('.') ?? '';
  throw new HubError('CONFIG_INVALID', {
    zh: `已发布记录的 ${at} 不符合要求：${line.slice(0, 60)}…`,
    en: `A published record is not as required at ${at}: ${line.slice(0, 60)}…`,
    cause: result.error,
  });
}

/** @returns The text at a path of the record; undefined when there is none or it is blank. */
export function textAt(record: PublishedRecord, path: string): string | undefined {
  const found = valueAt(record, path);
  const text = found === undefined ? '' : String(found).trim();
  return text === '' ? undefined : text;
}

function valueAt(record: PublishedRecord, path: string): string | number | boolean | undefined {
  if (path.startsWith('national.')) return own(record.national, path.slice('national.'.length));
  if (path.startsWith('raw.')) return own(record.raw, path.slice('raw.'.length));
  const { portal, category, stage, regionCode, title, publishedAt, url, source, dataset, no } = record;
  return own({ portal, category, stage, regionCode, title, publishedAt, url, source, dataset, no }, path);
}

function own<T>(fields: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
