/**
 * A code that is an identifier only under a condition, or where the contract leaves it open, has the identifier's form and check
 * character. What the contract names an identifier is judged by the law itself.
 * @see standard/identifiers.md 4, 5, 6
 */
import { identifierChecks } from '../../identifiers/checks.ts';
import type { Kind } from '../kind.ts';
import { codesIn } from '../related.ts';
import { fieldIn, fault } from '../rule-row.ts';

export const checkCharacter: Kind = {
  name: 'CHECK_CHARACTER',
  zh: '编号符合所指标识的构成与校验码。',
  en: 'A code has the form and check character of the named identifier.',
  parameters: ['field', 'identifier'],
  across: false,
  compile(row) {
    const field = fieldIn(row, 'field');
    const check = identifierChecks.get(String(row.fields.value('identifier')));
    if (check === undefined) return fault(row, 'identifier', { zh: '不是已知的标识', en: 'is no known identifier' });
    if (field === undefined) return undefined;
    return {
      field: field.code,
      reads: [field.code],
      find: ({ fields }) => (codesIn(fields, field).some((code) => check(code) !== undefined) ? { breaks: true } : undefined),
    };
  },
};
