/**
 * Codes that begin with the code of what they belong to: a section's with its tender project's, that with its project's.
 * @see standard/identifiers.md 2
 */
import type { Kind } from '../kind.ts';
import { codesIn } from '../related.ts';
import { fieldIn } from '../rule-row.ts';

export const codeBegins: Kind = {
  name: 'CODE_BEGINS',
  zh: '编号以所属事项的编号开头。',
  en: 'A code begins with the code of what it belongs to.',
  parameters: ['field', 'with'],
  across: false,
  compile(row) {
    const [field, owner] = [fieldIn(row, 'field'), fieldIn(row, 'with')];
    if (field === undefined || owner === undefined) return undefined;
    return {
      field: field.code,
      reads: [field.code, owner.code],
      find({ fields }) {
        const [whole] = codesIn(fields, owner);
        if (whole === undefined) return undefined;
        return codesIn(fields, field).every((code) => code.startsWith(whole)) ? undefined : { breaks: true };
      },
    };
  },
};
