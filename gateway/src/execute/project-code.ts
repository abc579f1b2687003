/**
 * The projection as generated code, for answers in which everything is as it should be: it reads known names of objects of one
 * shape, which closures cannot, and gives up at the first value that its type does not allow. The closures of project.ts are the
 * law: they take what the code gives up, and everything where code may not be generated.
 * @see design/engine.md «Design»; README «What was tried» for the gain
 */
import {
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';

import { collectAsked } from './collect.ts';
import type { Projecting } from './project.ts';
import { inherited, type Target } from './place.ts';

/** @returns The answer; undefined when something in the data is not as its type says. */
export type FastProjection = (data: Target) => Target | undefined;

/** Functions of one projection: what is larger is asked too rarely to be worth its compilation. */
const mostFunctions = 300;

/** Why there is no code: the closures do it. */
class NotGenerated extends Error {}

/** @returns undefined where there is nothing to gain, or code may not be generated. */
export function generateProjection(set: SelectionSetNode, root: GraphQLCompositeType, reading: Projecting): FastProjection | undefined {
  const functions: string[] = [];
  const sets: ReadonlySet<string>[] = [];
  try {
    const entry = writeObject([set], root, { reading, functions, sets });
    // oxlint-disable-next-line no-new-func, no-implied-eval, no-unsafe-call -- the text holds names the schema and the grammar allow, nothing else
    const made: unknown = new Function('sets', `'use strict';\n${functions.join('\n')}\nreturn ${entry};`)(sets);
    return isProjection(made) ? made : undefined;
  } catch (error) {
    if (error instanceof NotGenerated || error instanceof EvalError) return undefined;
    throw error;
  }
}

function isProjection(made: unknown): made is FastProjection {
  return typeof made === 'function';
}

interface Writing {
  readonly reading: Projecting;
  readonly functions: string[];
  /** Values of enums, by the number the code knows them by. */
  readonly sets: ReadonlySet<string>[];
}

/** Writes the function of an object of one type. @returns Its name. */
function writeObject(selections: readonly SelectionSetNode[], type: GraphQLCompositeType, writing: Writing): string {
  const name = `o${writing.functions.length}`;
  if (writing.functions.push('') > mostFunctions) throw new NotGenerated();
  const place = writing.functions.length - 1;
  const lines: string[] = [];
  const members = collectAsked(selections, type, writing.reading).map(({ key, nodes }, index) => {
    const field = nodes[0]?.name.value ?? '';
    const quoted = nameText(key);
    if (field === '__typename' && isObjectType(type)) return `${quoted}:${nameText(type.name)}`;
    const of = 'getFields' in type ? type.getFields()[field]?.type : undefined;
    if (of === undefined) throw new NotGenerated();
    const inner = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    const held = writing.reading.keys?.get(key) ?? key;
    nameText(held);
    lines.push(`let a${index}=v.${held};`, writeValue({ type: of, inner, name: `a${index}` }, writing));
    return `${quoted}:a${index}`;
  });
  const isType = `if(typeof v!=='object'||Array.isArray(v))return;const t=v.__typename;if(t!==undefined&&t!==${nameText(type.name)})return;`;
  writing.functions[place] = `function ${name}(v){${isType}${lines.join('')}return{${members.join(',')}}}`;
  return name;
}

/** Writes the dispatch by `__typename`. @returns Its name. */
function writeAbstract(selections: readonly SelectionSetNode[], type: GraphQLCompositeType, writing: Writing): string {
  if (isObjectType(type)) return writeObject(selections, type, writing);
  const name = `o${writing.functions.length}`;
  const place = writing.functions.push('') - 1;
  const ways = writing.reading.schema
    .getPossibleTypes(type)
    .map((possible) => `case ${nameText(possible.name)}:return ${writeObject(selections, possible, writing)}(v);`);
  writing.functions[place] = `function ${name}(v){switch(v.__typename){${ways.join('')}}}`;
  return name;
}

interface Value {
  readonly type: GraphQLOutputType;
  readonly inner: readonly SelectionSetNode[];
  /** The variable that holds it. */
  readonly name: string;
}

/** @returns Statements that leave the projected value in its variable, or return. */
function writeValue({ type, inner, name }: Value, writing: Writing): string {
  if (!isNonNullType(type))
    return `if(${name}===undefined)${name}=null;else if(${name}!==null){${writePresent(type, { inner, name }, writing)}}`;
  return `if(${name}===undefined||${name}===null)return;${writePresent(type.ofType, { inner, name }, writing)}`;
}

function writePresent(type: GraphQLOutputType, { inner, name }: Omit<Value, 'type'>, writing: Writing): string {
  if (isListType(type)) {
    const [list, element, index] = [`${name}l`, `${name}e`, `${name}i`];
    const body = writeValue({ type: type.ofType, inner, name: element }, writing);
    return `if(!Array.isArray(${name}))return;const ${list}=[];for(let ${index}=0;${index}<${name}.length;${index}++){let ${element}=${name}[${index}];${body}${list}.push(${element});}${name}=${list};`;
  }
  if (isNonNullType(type)) throw new NotGenerated();
  if (isLeafType(type)) return `if(!(${leafTest(type, name, writing)}))return;`;
  return `${name}=${writeAbstract(inner, type, writing)}(${name});if(${name}===undefined)return;`;
}

const scalars: Readonly<Record<string, (name: string) => string>> = {
  Int: (name) => `(${name}|0)===${name}`,
  Float: (name) => `typeof ${name}==='number'`,
  String: (name) => `typeof ${name}==='string'`,
  Boolean: (name) => `typeof ${name}==='boolean'`,
  ID: (name) => `typeof ${name}==='string'||Number.isInteger(${name})`,
};

function leafTest(type: GraphQLLeafType, name: string, { sets }: Writing): string {
  if (!isEnumType(type)) return scalars[type.name]?.(name) ?? 'true';
  return `sets[${sets.push(new Set(type.getValues().map((value) => value.name))) - 1}].has(${name})`;
}

/** @returns A name, quoted. Nothing but names of GraphQL's grammar comes into the code, and none that every object has. */
function nameText(name: string): string {
  if (!/^[A-Z_a-z]\w*$/.test(name) || inherited.has(name)) throw new NotGenerated();
  return `'${name}'`;
}
