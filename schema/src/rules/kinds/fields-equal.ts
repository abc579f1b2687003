/**
 * Two fields of a record say the same, whole or in part: the birth date inside an identity number, the organisation's code inside
 * its credit code. A value too short for its part is the business of rules about identifiers.
 * @see standard/identifiers.md 1, 4, 6
 */
import type { WireFields } from '../../wire-record.ts';
import type { Kind } from '../kind.ts';
import { localTime } from '../local-time.ts';
import { type Part, partIn, partOf } from '../part.ts';
import { type NamedField, fieldIn } from '../rule-row.ts';
import { codesIn } from '../related.ts';

export const fieldsEqual: Kind = {
  name: 'FIELDS_EQUAL',
  zh: '两个字段（或其中一段）相同，不分大小写。',
  en: 'Two fields, or parts of them, are equal, whatever their case.',
  parameters: ['field', 'part', 'against', 'againstPart'],
  across: false,
  compile(row) {
    const [field, other] = [fieldIn(row, 'field'), fieldIn(row, 'against')];
    const [part, otherPart] = [partIn(row, 'part'), partIn(row, 'againstPart')];
    if (field === undefined || other === undefined) return undefined;
    return {
      field: field.code,
      reads: [field.code, other.code],
      find({ fields }) {
        const [ours, theirs] = [pieces(fields, field, part), pieces(fields, other, otherPart)];
        const equal = ours.length === 0 || theirs.length === 0 || ours.some((piece) => theirs.includes(piece));
        return equal ? undefined : { breaks: true };
      },
    };
  },
};

function pieces(fields: WireFields, field: NamedField, part: Part | undefined): readonly string[] {
  // A day is a day however it was written.
  if (field.wire.type.startsWith('yyyy'))
    return [localTime(fields, field.code)].flatMap((at) => (at === undefined ? [] : (partOf(at, part) ?? [])));
  return codesIn(fields, field).flatMap((code) => partOf(code.replaceAll('-', ''), part) ?? []);
}
