/**
 * The records that this one points at are there. Until they are, it may wait.
 * @see standard/exchange.md 4 «parents first … hold or accept orphans»
 */
import type { Kind } from '../kind.ts';
import { relatedIn } from '../related.ts';

export const parentExists: Kind = {
  name: 'PARENT_EXISTS',
  zh: '所指的上级记录已经报送。',
  en: 'The records it points at have been sent.',
  parameters: ['of'],
  across: true,
  waits: true,
  compile(row) {
    const related = relatedIn(row, 'of')?.related;
    if (related === undefined) return undefined;
    const { by, reads, asked } = related;
    return {
      field: by.code,
      reads,
      asks: [asked],
      wants: (record) => related.lookups(record, 'exists'),
      find(record, facts) {
        const missing = related.lookups(record, 'exists').filter((lookup) => related.records(record, facts, lookup).length === 0);
        return missing.length === 0 ? undefined : { missing };
      },
    };
  },
};
