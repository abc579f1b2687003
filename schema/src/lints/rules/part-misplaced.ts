/**
 * Parts belong to money, parties and the two readings of an HTML text; any other field has one wire field.
 * @see schema/directives.graphql @wire(part:)
 */
import type { Lint } from '../lint.ts';
import { type FieldPlace, atField, fieldsOf } from '../places.ts';

const joined: ReadonlySet<string> = new Set(['Money', 'Party']);
const readings: ReadonlySet<string | undefined> = new Set(['html', 'text', undefined]);

export const partMisplaced: Lint = {
  code: 'PART_MISPLACED',
  find: (law) =>
    fieldsOf(law)
      .filter((place) => !joined.has(place.field.graphType) && isWrong(place))
      .map((place) => ({
        ...atField(place, 'wire'),
        zh: '只有金额（Money）和主体（Party）由几个标准字段拼成，String 只可有 part: "html" 或 "text"；其余字段只取第一个 @wire，别的会被丢掉。请拆成几个字段，或去掉 part。',
        en: 'Only Money and Party are put together from several wire fields, and only a String may have part: "html" or "text"; any other field takes its first @wire and drops the rest. Split it into several fields, or drop the part.',
      })),
};

function isWrong({ field }: FieldPlace): boolean {
  if (field.wire.length > 1) return true;
  return field.wire.some(({ part }) => part !== undefined && (field.graphType !== 'String' || !readings.has(part)));
}
