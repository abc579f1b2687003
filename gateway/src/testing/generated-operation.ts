/**
 * Operations over any schema: aliases, fragments on types and interfaces, conditions, variables in arguments; all of them valid.
 */
import { getNamedType, type GraphQLCompositeType, type GraphQLSchema, isAbstractType, isCompositeType, isObjectType } from 'graphql';

import type { Choice } from './choice.ts';

/** An operation and its variables. */
export interface GeneratedOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Writing {
  readonly schema: GraphQLSchema;
  readonly choice: Choice;
  readonly fragments: string[];
  readonly used: Set<string>;
  fields: number;
}

const declared: Readonly<Record<string, string>> = { n: 'Int', kind: 'Kind', words: '[String!]', yes: 'Boolean!', no: 'Boolean! = false' };
const mostFields = 40;

/** @returns An operation of at most some forty fields. */
export function generateOperation(schema: GraphQLSchema, choice: Choice): GeneratedOperation {
  const root = schema.getQueryType();
  if (root === undefined || root === null) throw new TypeError('a schema without queries');
  const writing: Writing = { schema, choice, fragments: [], used: new Set(), fields: 0 };
  const selections = selectionsOf(root, writing, 0);
  const variables = [...writing.used].toSorted();
  const head = variables.length === 0 ? '' : `(${variables.map((name) => `$${name}: ${declared[name] ?? ''}`).join(', ')})`;
  const values = {
    n: choice.below(4),
    kind: choice.one(['RED', 'GREEN']),
    words: ['x', '"y"\\'],
    yes: choice.chance(50),
    no: choice.chance(50),
  };
  const given = Object.entries(values).filter(([name]) => writing.used.has(name) && (name === 'yes' || choice.chance(80)));
  return { text: [`query Generated${head} ${selections}`, ...writing.fragments].join('\n'), variables: Object.fromEntries(given) };
}

function selectionsOf(type: GraphQLCompositeType, writing: Writing, depth: number): string {
  const { choice } = writing;
  const parts: string[] = [];
  if (choice.chance(25)) parts.push(choice.chance(30) ? 'kindOf: __typename' : '__typename');
  if ('getFields' in type) {
    const fields = Object.values(type.getFields());
    const wanted = choice.some(fields, depth === 0 ? 70 : 35);
    for (const field of wanted.length === 0 ? fields.slice(0, 1) : wanted) {
      const named = getNamedType(field.type);
      const isDeep = isCompositeType(named);
      if (isDeep && (depth >= 4 || writing.fields > mostFields)) continue;
      writing.fields++;
      // One alias for each way of asking: two ways under one name would not be valid.
      const given = field.args.length > 0 && choice.chance(70) ? argumentsOf(writing) : '';
      const alias = given === '' ? (choice.chance(15) ? `same_${field.name}: ` : '') : `with${parts.length}_${depth}_${writing.fields}: `;
      parts.push(`${alias}${field.name}${given}${conditionOf(writing)}${isDeep ? ` ${selectionsOf(named, writing, depth + 1)}` : ''}`);
    }
  }
  for (const possible of typesFor(type, writing)) {
    if (writing.fields > mostFields || depth >= 4 || !choice.chance(isAbstractType(type) ? 60 : 8)) continue;
    const inner = selectionsOf(possible, writing, depth + 1);
    if (choice.chance(30)) {
      const name = `F${writing.fragments.length}`;
      writing.fragments.push(`fragment ${name} on ${possible.name} ${inner}`);
      parts.push(`...${name}${conditionOf(writing)}`);
    } else parts.push(`... on ${possible.name}${conditionOf(writing)} ${inner}`);
  }
  return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
}

function typesFor(type: GraphQLCompositeType, { schema }: Writing): readonly GraphQLCompositeType[] {
  if (isAbstractType(type)) return [...schema.getPossibleTypes(type), ...('getInterfaces' in type ? [type] : [])];
  return isObjectType(type) ? [type, ...type.getInterfaces()] : [];
}

function argumentsOf({ choice, used }: Writing): string {
  const use = (name: string, literal: string): string => {
    if (choice.chance(50)) return `${name}: ${literal}`;
    used.add(name);
    return `${name}: $${name}`;
  };
  const given = [use('n', String(choice.below(5))), use('kind', 'GREEN'), use('words', '["a", "\\u00e9"]')];
  return `(${given.filter((_, index) => index === 0 || choice.chance(50)).join(', ')})`;
}

function conditionOf({ choice, used }: Writing): string {
  if (!choice.chance(12)) return '';
  const name = choice.one(['yes', 'no']);
  used.add(name);
  return choice.chance(50) ? ` @include(if: $${name})` : ` @skip(if: $${name})`;
}
