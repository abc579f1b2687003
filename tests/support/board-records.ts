/**
 * What the board leads to: full records of every trade, through an interface.
 * @see design/partitioning.md P5
 */
import { type Dataset, type Field, law, singular } from '@hub/schema';

import { dice } from './dice.ts';

/** @returns A selection inside `record`: a few of what everybody may read of this type, always the same. */
export function selectionOf({ type, fields }: Dataset): string {
  const throws = dice([...type].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7));
  const open = fields.filter(({ visibility, graphType }) => visibility === 'PUBLIC' && graphType !== 'Record');
  const values = throws
    .some(
      open.filter(({ relation }) => relation === undefined),
      4,
      6,
    )
    .map((field) => `${field.name}${partsOf(field)}`);
  const relations = throws
    .some(
      open.filter(({ relation }) => relation !== undefined),
      0,
      2,
    )
    .map(({ name }) => `${name} { id }`);
  // Fields of one name may differ in type from record to record.
  return `... on ${type} { ${[...values, ...relations].map((text, place) => `${singular(type)}${place}: ${text}`).join(' ')} }`;
}

const parts: ReadonlyMap<string, string> = new Map([
  ['Code', ' { code label }'],
  ['Region', ' { code name }'],
  ['Money', ' { yuan text }'],
  ['Party', ' { name code entity { code name id } }'],
]);

function partsOf({ graphType }: Field): string {
  return parts.get(graphType) ?? '';
}

/** The datasets that the board leads to, by the category of their contract. */
export const published = law().contracts.flatMap(({ contract: { category, datasets: all } }) => {
  const reached = all.filter(({ notice }) => notice !== undefined);
  return category === undefined || reached.length === 0 ? [] : [{ category, reached }];
});
