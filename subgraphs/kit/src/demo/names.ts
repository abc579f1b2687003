/**
 * The invented name parts of a province folder (`names.json`), from which streets, companies and persons are made.
 * @see design/architecture.md «Layout»
 */
import { HubError } from '@hub/schema';
import { z } from 'zod';

const texts = z.array(z.string().min(1)).min(1);

/** Companies of a role beside the builders' trades, and how many of them there are. */
const role = z.object({ lines: texts, count: z.number().int().positive().max(999) });

const names = z.object({
  /** Word that marks every company as invented. */
  example: z.string().min(1),
  streets: texts,
  /** With characters outside the BMP: they sort differently by bytes and by UTF-16 units. */
  rareStreets: texts,
  facilities: texts,
  waters: texts,
  companyMarks: texts,
  builderLines: texts,
  designerLines: texts,
  supervisorLines: texts,
  agencyLines: texts,
  clients: texts,
  surnames: texts,
  givenMarks: texts,
  media: texts,
  /** Companies by role, for the scenarios. */
  roles: z.record(z.string(), role).default({}),
  /** Public bodies by role: every city and county has one of each line. */
  bodies: z.record(z.string(), texts).default({}),
});

export type Names = z.infer<typeof names>;

/** @param document - Parsed `names.json`. @throws HubError CONFIG_INVALID with the first thing that is wrong. */
export function readNames(document: unknown): Names {
  const result = names.safeParse(document);
  if (result.success) return result.data;
  const at = result.error.issues[0]?.path.join('.') ?? '';
  throw new HubError('CONFIG_INVALID', {
    zh: `省份数据 names.json 的 ${at} 不符合要求，请改正该文件。`,
    en: `Province data: ${at} of names.json is not as required. Correct the file.`,
    cause: result.error,
  });
}
