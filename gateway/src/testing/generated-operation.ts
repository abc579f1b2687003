/**
 * Operations over any schema: aliases, fragments on types and interfaces, conditions, variables in arguments, questions about the
 * schema itself, changes; nearly all of them valid.
 */
import { getNamedType, type GraphQLCompositeType, type GraphQLSchema, isAbstractType, isCompositeType, isObjectType } from 'graphql';

import type { Choice } from './choice.ts';
import { Variables } from './generated-arguments.ts';

/** An operation and its variables. */
export interface GeneratedOperation {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Writing {
  readonly schema: GraphQLSchema;
  readonly choice: Choice;
  readonly fragments: { readonly name: string; readonly type: string; readonly text: string }[];
  readonly variables: Variables;
  fields: number;
}

const mostFields = 40;
const mostDepth = 4;
/** Names that are keys, are required, or that objects have of themselves. */
const strangeAliases = ['id', 'aPlain', 'bPlain', 'aValue', 'code', 'constructor', 'toString', '__proto__', '_entities', 'e0'] as const;

/** @returns An operation of at most some forty fields. */
export function generateOperation(schema: GraphQLSchema, choice: Choice): GeneratedOperation {
  const changes = schema.getMutationType();
  const isChange = changes !== undefined && changes !== null && choice.chance(20);
  const root = isChange ? changes : schema.getQueryType();
  if (root === undefined || root === null) throw new TypeError('a schema without queries');
  const writing: Writing = { schema, choice, fragments: [], variables: new Variables(choice), fields: 0 };
  const selections = selectionsOf(root, writing, 0);
  const about = !isChange && choice.chance(8) ? ` ${choice.one(aboutSchema)}` : '';
  const text = `${isChange ? 'mutation' : 'query'} Generated${writing.variables.head} ${selections.slice(0, -2)}${about} }`;
  return { text: [text, ...writing.fragments.map((fragment) => fragment.text)].join('\n'), variables: writing.variables.given };
}

const aboutSchema = [
  '__type(name: "One") { __typename name interfaces { name } }',
  'about: __schema { queryType { name } types { kind } }',
  'nobody: __type(name: "Ghost") { name }',
] as const;

function selectionsOf(type: GraphQLCompositeType, writing: Writing, depth: number): string {
  const { choice } = writing;
  const parts: string[] = [];
  if (choice.chance(25)) parts.push(choice.chance(30) ? 'kindOf: __typename' : '__typename');
  // First at the root, where fields would leave nothing to ask for; they stand last all the same.
  const fragments = depth === 0 ? fragmentsOf(type, writing, depth) : [];
  if ('getFields' in type) {
    const fields = Object.values(type.getFields());
    const wanted = choice.some(fields, depth === 0 ? 70 : 35);
    for (const field of wanted.length === 0 ? fields.slice(0, 1) : wanted) {
      const named = getNamedType(field.type);
      const isDeep = isCompositeType(named);
      // Twice: what is under the same response key comes together.
      const times = isDeep && choice.chance(8) ? 2 : 1;
      for (let time = 0; time < times; time++) {
        if (isDeep && (depth >= mostDepth || writing.fields > mostFields)) continue;
        writing.fields++;
        const given = choice.chance(70) ? writing.variables.arguments(field) : '';
        // One alias for each way of asking, mostly: two ways under one name are not valid.
        const isPlain = given === '' || choice.chance(6);
        const alias = isPlain ? plainAlias(field.name, choice) : `with${parts.length}_${depth}_${writing.fields}: `;
        parts.push(`${alias}${field.name}${given}${conditionOf(writing)}${isDeep ? ` ${selectionsOf(named, writing, depth + 1)}` : ''}`);
      }
    }
  }
  parts.push(...(depth === 0 ? fragments : fragmentsOf(type, writing, depth)));
  return `{ ${parts.length === 0 ? '__typename' : parts.join(' ')} }`;
}

function fragmentsOf(type: GraphQLCompositeType, writing: Writing, depth: number): readonly string[] {
  const likely = isAbstractType(type) ? 60 : depth === 0 ? 25 : 8;
  return typesFor(type, writing).flatMap((possible) => {
    if (writing.fields > mostFields || depth >= mostDepth || !writing.choice.chance(likely)) return [];
    return [fragmentOn(possible, writing, depth)];
  });
}

function plainAlias(name: string, choice: Choice): string {
  if (choice.chance(15)) return `same_${name}: `;
  return choice.chance(2) ? `${choice.one(strangeAliases)}: ` : '';
}

// oxlint-disable-next-line max-params -- a walk
function fragmentOn(type: GraphQLCompositeType, writing: Writing, depth: number): string {
  const { choice, fragments } = writing;
  const known = fragments.filter((fragment) => fragment.type === type.name);
  if (known.length > 0 && choice.chance(25)) return `...${choice.one(known).name}${conditionOf(writing)}`;
  const inner = selectionsOf(type, writing, depth + 1);
  if (!choice.chance(30)) return `... on ${type.name}${conditionOf(writing)} ${inner}`;
  const name = `F${fragments.length}`;
  fragments.push({ name, type: type.name, text: `fragment ${name} on ${type.name} ${inner}` });
  return `...${name}${conditionOf(writing)}`;
}

function typesFor(type: GraphQLCompositeType, { schema }: Writing): readonly GraphQLCompositeType[] {
  if (isAbstractType(type)) return [...schema.getPossibleTypes(type), ...('getInterfaces' in type ? [type] : [])];
  return isObjectType(type) ? [type, ...type.getInterfaces()] : [];
}

function conditionOf({ choice, variables }: Writing): string {
  if (!choice.chance(12)) return '';
  const value = choice.chance(10) ? String(choice.chance(50)) : variables.condition();
  return choice.chance(50) ? ` @include(if: ${value})` : ` @skip(if: ${value})`;
}
