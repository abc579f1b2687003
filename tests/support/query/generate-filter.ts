/**
 * Generated filters whose operands are taken from records that are there, now and then a little beside.
 * @see design/graph.md «Shape»
 */
import { type Field, printInstant } from '@hub/schema';
import { type GraphQLInputObjectType, isInputObjectType } from 'graphql';

import { words } from '../wire-values.ts';
import type { UnionRecord } from '../union/union.ts';
import { textsOf, valueOf } from '../union/union-values.ts';
import { isVisible } from './law-schema.ts';
import type { Writing } from './query-writer.ts';

/** @returns A filter of this input type as a value; some fields, some operators. */
export function generateFilter(
  type: GraphQLInputObjectType,
  rows: readonly UnionRecord[],
  writing: Writing,
): Readonly<Record<string, unknown>> {
  const { throws, union, level } = writing;
  const fields = Object.values(type.getFields()).filter((field) => isVisible(field, level));
  const filter: Record<string, unknown> = {};
  for (const { name, type: fieldType } of throws.some(fields, 0, 3)) {
    if (name === 'systems')
      filter[name] = throws.some(
        union.systems.map(({ code }) => code),
        1,
        3,
      );
    else if (name === 'copies') filter[name] = throws.pick(['INCLUDE', 'EXCLUDE']);
    else if (throws.chance(0.04)) filter[name] = null;
    else {
      const operand = generateOperand(isInputObjectType(fieldType) ? fieldType.name : 'Boolean', { name, rows }, writing);
      if (operand !== undefined) filter[name] = operand;
    }
  }
  return filter;
}

interface Sample {
  readonly name: string;
  readonly rows: readonly UnionRecord[];
}

function generateOperand(type: string, { name, rows }: Sample, { throws }: Writing): unknown {
  const field = rows[0]?.dataset.fields.find((candidate) => candidate.name === name);
  if (field === undefined) return undefined;
  const sample = (): string | undefined => {
    const told = throws.pick(rows);
    return throws.chance(0.05) ? undefined : textsOf(told, field)[0];
  };
  const bound = (): string => (throws.chance(0.5) ? 'gte' : 'lt');
  switch (type) {
    case 'Boolean':
      return throws.chance(0.5);
    case 'TextFilter':
      return throws.chance(0.4)
        ? { in: [sample() ?? '没有', '无'] }
        : { text: piece(throws.pick([sample(), ...throws.some(words, 1, 2)]) ?? '道路', throws.int(3)) };
    case 'CodeFilter':
      return { in: [changedCase(sample() ?? '1', throws.chance(0.2), field), sample() ?? '2'] };
    case 'RegionFilter':
      return throws.chance(0.5) ? { in: [sample() ?? '990100'] } : { within: throws.pick(['990000', '990100', sample() ?? '110000']) };
    case 'DateTimeFilter':
      return { [bound()]: printInstant(sample() ?? '2026-02-28T16:00:00.000001Z') };
    case 'DateFilter':
      return { [bound()]: sample() ?? '2026-03-01' };
    case 'DecimalFilter':
      return { [bound()]: sample() ?? '99.90' };
    case 'IntFilter':
      return throws.chance(0.5) ? { in: [Number(sample() ?? 1), 2] } : { [bound()]: Number(sample() ?? 3) };
    default:
      return partyFilter(field, throws.pick(rows), throws.int(4));
  }
}

function partyFilter(field: Field, record: UnionRecord, kind: number): unknown {
  const keys = valueOf(record, field);
  const [name, code] = typeof keys === 'object' && keys !== null && 'names' in keys ? [keys.names[0], keys.codes[0]] : [];
  if (kind === 0) return { code: { in: [(code ?? '123456789').toLowerCase()] } };
  if (kind === 1) return { name: { in: [name ?? '王某'] }, code: null };
  if (kind === 2) return { name: { text: piece(name ?? '公司', 2) }, code: { in: [code ?? '1', '914403001922038216'] } };
  return { name: { text: piece(name ?? '建设', 1) } };
}

/** Two characters out of a text, the way people search. */
function piece(text: string, from: number): string {
  const characters = [...text];
  const start = Math.min(from, Math.max(0, characters.length - 2));
  return characters.slice(start, start + 2).join('');
}

function changedCase(text: string, change: boolean, field: Field): string {
  const identifier = /.Code$/.test(field.graphType);
  return identifier && change ? text.toLowerCase() : text;
}
