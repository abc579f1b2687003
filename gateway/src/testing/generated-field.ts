/**
 * Types and arguments of generated fields.
 */
import type { Choice } from './choice.ts';
import type { SubgraphChoice } from './generated-supergraph.ts';

const scalars = ['Int', 'Float', 'String', 'Boolean', 'ID', 'Kind', 'Any'] as const;
const composites = ['One', 'Two', 'Three', 'Thing', 'Either', 'Value'] as const;
const argumentList = [
  'n: Int = 1',
  'kind: Kind',
  'words: [String!]',
  'wish: Wish',
  'wishes: [[Wish!]] = [[{n: 5}]]',
  'any: Any',
  'sure: Boolean! = true',
  'id: ID',
] as const;

/** @returns The type of a field, lists and nulls drawn. */
export function wrappedSdl({ name, choice, hasItems }: SubgraphChoice): string {
  const items = hasItems ? ['Item', ...(name === 'a' ? ['Book'] : [])] : [];
  const type = choice.chance(40) ? choice.one(scalars) : choice.one([...composites, ...items]);
  const inner = choice.chance(25) ? `${type}!` : type;
  if (choice.chance(60)) return inner;
  const list = `[${inner}]${choice.chance(20) ? '!' : ''}`;
  return choice.chance(20) ? `[${list}]` : list;
}

/** @returns Arguments in brackets, or nothing. */
export function argumentsSdl(choice: Choice): string {
  const given = choice.chance(35) ? choice.some(argumentList, 45) : [];
  return given.length === 0 ? '' : `(${given.join(', ')})`;
}
