/**
 * A party is joined from the standard's parallel lists: name, code, kind, role.
 * @see design/graph.md «Types»
 */
import type { Lint } from '../lint.ts';
import { partFaults } from '../parts.ts';

export const partyPart: Lint = {
  code: 'PARTY_PART',
  find: (law) => partFaults(law, { graphType: 'Party', zh: '主体', known: ['name', 'code', 'kind', 'role'], leading: ['name', 'code'] }),
};
