/**
 * One record by its business code: for `…ByCode(code:)`, for federation's `_entities`, and for the company behind a party
 * where this system holds the register.
 * @see design/partitioning.md «Code»
 */
import { type Dataset, HubError } from '@hub/schema';

import type { SystemContext, TypedRow } from './context.ts';

/**
 * @param code - Whatever its case and the blanks around it.
 * @returns The record, the original among copies; undefined when there is none or it may not be read yet.
 * @throws HubError CODE_CONFLICT when several have the code.
 */
export async function recordByCode({ type, byCode }: Dataset, code: unknown, context: SystemContext): Promise<TypedRow | undefined> {
  const wanted = typeof code === 'string' ? code.trim().toUpperCase() : '';
  // No text of PostgreSQL's has U+0000, so no record has this code.
  if (byCode === undefined || wanted === '' || wanted.includes('\u0000')) return undefined;
  const rows = await context.related(type, byCode).load(wanted);
  const originals = rows.filter(({ origin }) => origin === 'ORIGINAL');
  const found = originals.length > 0 ? originals : rows;
  if (found.length > 1) {
    throw new HubError('CODE_CONFLICT', {
      zh: `同一编码有 ${found.length} 条记录：${found.map(({ id }) => id).join('、')}。请按 id 查询。`,
      en: `${found.length} records have this code: ${found.map(({ id }) => id).join(', ')}. Ask by id.`,
      system: context.system.code,
      among: originals.length > 0 ? undefined : 'COPY',
    });
  }
  return found[0];
}
