/**
 * Generated selections: aliases, fragments with and without names, interfaces, conditions, relations inside relations.
 */
import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';

import { isVisible } from './law-schema.ts';
import type { Writing } from './query-writer.ts';

/** How much of a type is selected. */
export interface Extent {
  readonly schema: GraphQLSchema;
  /** Levels below. */
  readonly depth: number;
  /** Fields of each level. */
  readonly width: number;
  /** Every field gets an alias of its own: inside fragments of different types two fields of one name may differ in type. */
  readonly apart?: boolean;
}

/** @returns A selection set of the type, braces included. */
export function generateSelection(type: GraphQLCompositeType, extent: Extent, writing: Writing): string {
  const { throws, writer } = writing;
  const parts = fieldsOf(type, writing).filter(({ type: fieldType }) => extent.depth > 0 || isLeafType(getNamedType(fieldType)));
  const chosen = throws.some(parts, 1, extent.width).map((field) => generateField(field, extent, writing));
  if (throws.chance(0.1)) chosen.push(throws.chance(0.3) ? `${writer.name('t')}: __typename` : '__typename');
  if (isInterfaceType(type)) {
    const types = extent.schema.getPossibleTypes(type);
    for (const object of throws.some(types, 2, 4)) {
      const inner = generateSelection(object, { ...extent, depth: Math.max(0, extent.depth - 1), apart: true }, writing);
      chosen.push(throws.chance(0.3) ? writer.fragment(object.name, inner) : `... on ${object.name} ${inner}`);
    }
  }
  if (isObjectType(type) && throws.chance(0.15)) {
    const inner = generateSelection(type, { ...extent, depth: 0, width: 2 }, writing);
    chosen.push(throws.chance(0.5) ? writer.fragment(type.name, inner) : `...${condition(writing)} ${inner}`);
  }
  return `{ ${chosen.length === 0 ? '__typename' : throws.shuffle(chosen).join(' ')} }`;
}

/** What the registry sees of systems while they run: another moment, another answer. */
const observed: ReadonlySet<string> = new Set([
  'onboarding',
  'version',
  'versionPublishedAt',
  'versions',
  'check',
  'checks',
  'events',
  'health',
  'lastContactAt',
  'keyValidUntil',
  'endpointHost',
]);

/** @returns The fields a caller may select, relations to far too much and what is only observed left out. */
function fieldsOf(type: GraphQLCompositeType, { level, allows }: Writing): readonly GraphQLField<unknown, unknown>[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).filter(
    (field) => isVisible(field, level) && allows(type.name, field.name) && !(type.name === 'System' && observed.has(field.name)),
  );
}

function generateField({ name, type }: GraphQLField<unknown, unknown>, extent: Extent, writing: Writing): string {
  const { throws, writer } = writing;
  const named = getNamedType(type);
  const apart = extent.apart === true;
  // Cursors differ from server to server: whoever compares answers knows them by their names.
  const alias = /cursor$/i.test(name) || apart || throws.chance(0.2) ? `${writer.name(/cursor$/i.test(name) ? 'cursor' : 'a')}: ` : '';
  const inner =
    isLeafType(named) || !('getFields' in named) || !isComposite(named)
      ? ''
      : ` ${generateSelection(named, { ...extent, depth: extent.depth - 1 }, writing)}`;
  return `${alias}${name}${throws.chance(0.12) ? condition(writing) : ''}${inner}`;
}

function isComposite(type: unknown): type is GraphQLCompositeType {
  return isObjectType(type) || isInterfaceType(type);
}

function condition({ throws, writer }: Writing): string {
  const value = throws.chance(0.6);
  const written = throws.chance(0.5) ? String(value) : writer.variable('Boolean!', value);
  return ` @${throws.chance(0.5) ? 'include' : 'skip'}(if: ${written})`;
}
