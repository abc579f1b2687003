/**
 * Operands for filters, taken from rows that are there, so that every question has rows that match and rows that do not.
 * @see schema/PROTOCOL.md 2
 */
import { type Field, isIdentifier } from '@hub/schema';

import { type Condition, meets, shownTexts } from './shown.ts';
import type { Row } from './rows.ts';
import type { Sample } from './subject.ts';

/** One question of a filter. */
export interface FieldCase {
  readonly sample: Sample;
  readonly field: Field;
  /** Value of the filter's field: `{ gte: … }`. */
  readonly asked: unknown;
  readonly matches: (row: Row) => boolean;
}

/** Fields of one type in all samples, with an operand for each that shows values. */
export interface CaseOptions {
  readonly takes: (field: Field) => boolean;
  readonly operators: readonly Condition['operator'][];
  /** Of a party. */
  readonly part?: 'name' | 'code';
  /** How the condition stands in the filter; default `{ [operator]: operand }`, in a list for `in`. */
  readonly write?: (condition: Condition) => unknown;
}

/** @returns One question for each field and operator that there are values for. */
export function casesOf(
  samples: readonly Sample[],
  { takes, operators, part = 'name', write = written }: CaseOptions,
): readonly FieldCase[] {
  return samples.flatMap((sample) =>
    sample.list.fields
      .filter((field) => field.indexed && field.sealed === undefined && takes(field))
      .flatMap((field) => {
        const shown = new Map(sample.rows.map((row) => [row, shownTexts(field, row.node[field.name], part)]));
        const texts = [...shown.values()].flat().filter((text) => text !== '');
        return operators.flatMap((operator): readonly FieldCase[] => {
          const operand = operandOf(operator, texts, field);
          if (operand === undefined) return [];
          const condition = { operator, operand };
          return [{ sample, field, asked: write(condition), matches: (row) => meets(field, shown.get(row) ?? [], condition) }];
        });
      }),
  );
}

/** @returns A value from the middle, so that there are others on either side; of a text a piece that it does not begin with. */
function operandOf(operator: Condition['operator'], texts: readonly string[], field: Field): string | undefined {
  const sorted = [...new Set(texts)].toSorted();
  const value = sorted[Math.floor(sorted.length / 2)];
  if (value === undefined) return undefined;
  if (operator === 'within') return /^\d{6}$/.test(value) ? `${value.slice(0, 4)}00` : undefined;
  if (operator === 'text') return isIdentifier(field) ? undefined : innerPiece(sorted);
  return value;
}

const longestWord = 200;

/** Two characters from inside a text: what finds beginnings only does not find them. */
function innerPiece(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const characters = [...text];
    const piece = characters.slice(2, 4).join('');
    if (piece.length >= 2 && piece.trim() === piece && !text.startsWith(piece) && text.length < longestWord) return piece;
  }
  return undefined;
}

function written({ operator, operand }: Condition): unknown {
  return operator === 'in' ? { in: [operand] } : { [operator]: operand };
}
