/**
 * A relation by business code means «within the record's own system», and its description says so. A register with one endpoint
 * has no other system to be mistaken for.
 * @see design/partitioning.md 4
 */
import type { Lint } from '../lint.ts';
import { atField } from '../places.ts';
import { relationsOf } from '../relations.ts';

export const relationScopeUnsaid: Lint = {
  code: 'RELATION_SCOPE_UNSAID',
  find: (law) =>
    relationsOf(law)
      .filter(({ contract, field }) => contract.partitioned && !/本系统|同一系统/.test(field.description))
      .map((place) => ({
        ...atField(place),
        zh: '关联只在记录所属的系统内查找，说明里却没有写。读者会把一个系统的结果当成全省的；请在说明中写明「本系统内」或「同一系统」。',
        en: "The relation looks in the record's own system only, and its description does not say so. Readers would take one system's rows for the province's; say 本系统内 or 同一系统.",
      })),
};
