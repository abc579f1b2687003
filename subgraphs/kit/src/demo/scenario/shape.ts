/**
 * What a variable will hold, known before anything is drawn: a text, a moment, names under a name, or parts.
 */
import { organisationNames, personNames } from './people.ts';
import type { Lets, Rule } from './scenario.ts';
import { stageNames } from './stage.ts';
import { aloneIn, readTemplate } from './template.ts';

/** Shape of a value. */
export type Shape = 'text' | 'moment' | Names | PartsShape;

/** Names with shapes under them. */
export interface Names {
  readonly names: ReadonlyMap<string, Shape>;
}

/** Parts, each with the same names. */
export interface PartsShape {
  readonly part: Names;
}

/** Names in sight, nearest first. */
export type Sight = readonly ReadonlyMap<string, Shape>[];

const person = texts(personNames, { birth: 'moment' });
const organisation = texts(organisationNames);
/** What scenarios offer to registers, by name. */
export type Offered = ReadonlyMap<string, Names>;

/** @returns What every story has in sight; sources under names that no variable can have. */
export function stageSight(offered: Offered): Sight {
  const sources = new Map<string, Shape>([['organisations', organisation], ['persons', person], ...offered]);
  const always = Object.entries(stageNames).map(([name, under]): [string, Shape] => [name, under === undefined ? 'moment' : texts(under)]);
  return [new Map([...always, ...[...sources].map(([name, shape]): [string, Shape] => [sourceName(name), shape])])];
}

/** @returns The name of a source in sight. */
export function sourceName(source: string): string {
  return `every ${source}`;
}

/** @returns The shape under a path; undefined when there is nothing. */
export function shapeAt(sight: Sight, path: string): Shape | undefined {
  const [first = '', ...rest] = path.split('.');
  const found = sight.find((names) => names.has(first))?.get(first);
  return rest.reduce<Shape | undefined>((shape, name) => {
    if (isNames(shape)) return shape.names.get(name);
    return isParts(shape) && /^[1-9]\d*$/.test(name) ? shape.part : undefined;
  }, found);
}

/** @returns The shapes of variables, those in parts included. */
export function shapesOf(lets: Lets, sight: Sight): ReadonlyMap<string, Shape> {
  const own = new Map<string, Shape>();
  for (const [name, rule] of Object.entries(lets)) own.set(name, shapeOf(rule, [own, ...sight]));
  return own;
}

/** What a part knows before its own variables are drawn. */
export function givenTo(rule: Rule, sight: Sight): ReadonlyMap<string, Shape> {
  const no: [string, Shape] = ['no', 'text'];
  const source = rule.is === 'every' ? shapeAt(sight, sourceName(rule.every)) : undefined;
  return isNames(source) ? new Map([no, ...source.names]) : new Map([no]);
}

/** @returns What is in sight within parts, given from the story inwards; the name that is no parts when there is one. */
export function sightIn(each: readonly string[], outer: Sight): Sight | string {
  let sight = outer;
  for (const name of each) {
    const shape = shapeAt(sight, name);
    if (!isParts(shape)) return name;
    sight = [new Map([[name, shape.part]]), shape.part.names, ...sight];
  }
  return sight;
}

/** @returns What the first word of `lot.price` means inside its parts; undefined when it is not parts. */
export function partShape(sight: Sight, path: string): Shape | undefined {
  const [parts = '', ...member] = path.split('.');
  const shape = shapeAt(sight, parts);
  return isParts(shape) ? shapeAt([shape.part.names], member.join('.')) : undefined;
}

function shapeOf(rule: Rule, sight: Sight): Shape {
  switch (rule.is) {
    case 'day':
      return 'moment';
    case 'pick':
      return pickShape(rule.pick);
    case 'company':
    case 'body':
      return organisation;
    case 'person':
      return person;
    case 'repeat':
    case 'every': {
      const given = givenTo(rule, sight);
      return { part: { names: new Map([...given, ...shapesOf(rule.let, [given, ...sight])]) } };
    }
    case 'least':
    case 'most': {
      const parts = shapeAt(sight, rule.is === 'least' ? (rule.least.split('.')[0] ?? '') : (rule.most.split('.')[0] ?? ''));
      if (!isParts(parts)) return 'text';
      const ranked: Names = { names: new Map([...parts.part.names, ['rank', 'text']]) };
      return rule.first === undefined ? parts.part : { part: ranked };
    }
    case 'text':
      return textShape(rule.text, sight);
    case 'case':
      return caseShapes(Object.values(rule.of), sight)[0] ?? 'text';
    case 'number':
    case 'times':
    case 'name':
    case 'deal':
    case 'guid':
    case 'hex':
    case 'count':
    case 'sum':
    case 'join':
      return 'text';
  }
}

/** A text that is a name alone stands for what has the name. */
function textShape(text: string, sight: Sight): Shape {
  const only = aloneIn(readTemplate(text));
  return only === undefined ? 'text' : (shapeAt(sight, only.path.join('.')) ?? 'text');
}

/** @returns The shapes of the texts of a case; an empty one is nothing, whatever the others are. */
export function caseShapes(texts: readonly string[], sight: Sight): readonly Shape[] {
  return texts.filter((text) => text !== '').map((text) => textShape(text, sight));
}

function pickShape(values: Extract<Rule, { is: 'pick' }>['pick']): Shape {
  const [first] = values;
  return typeof first === 'object' ? texts(Object.keys(first)) : 'text';
}

function texts(names: readonly string[], others: Readonly<Record<string, Shape>> = {}): Names {
  return { names: new Map(names.map((name) => [name, others[name] ?? 'text'])) };
}

/** @returns What sort of value a shape is of. */
export function kindOf(shape: Shape): string {
  return typeof shape === 'string' ? shape : isParts(shape) ? 'parts' : 'names';
}

function isNames(shape: Shape | undefined): shape is Names {
  return typeof shape === 'object' && 'names' in shape;
}

export function isParts(shape: Shape | undefined): shape is PartsShape {
  return typeof shape === 'object' && 'part' in shape;
}
