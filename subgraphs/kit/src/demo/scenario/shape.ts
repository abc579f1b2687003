/**
 * What a variable will hold, known before anything is drawn: a text, a moment, names under a name, or parts.
 */
import { organisationNames, personNames } from './people.ts';
import type { Lets, Rule, Source } from './scenario.ts';
import { awardNames } from './sources.ts';
import { stageNames } from './stage.ts';

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
const ofSource: Readonly<Record<Source, Names>> = {
  organisations: organisation,
  persons: person,
  awards: texts(awardNames, { signed: 'moment', finished: 'moment', owner: organisation, winner: organisation, manager: person }),
};

/** What every story has in sight. */
export const stageSight: Sight = [
  new Map(Object.entries(stageNames).map(([name, under]): [string, Shape] => [name, under === undefined ? 'moment' : texts(under)])),
];

/** @returns The shape under a path; undefined when there is nothing. */
export function shapeAt(sight: Sight, path: string): Shape | undefined {
  const [first = '', ...rest] = path.split('.');
  const found = sight.find((names) => names.has(first))?.get(first);
  return rest.reduce<Shape | undefined>((shape, name) => (isNames(shape) ? shape.names.get(name) : undefined), found);
}

/** @returns The shapes of variables, those in parts included. */
export function shapesOf(lets: Lets, sight: Sight): ReadonlyMap<string, Shape> {
  const own = new Map<string, Shape>();
  for (const [name, rule] of Object.entries(lets)) own.set(name, shapeOf(rule, [own, ...sight]));
  return own;
}

/** What a part knows before its own variables are drawn. */
export function givenTo(rule: Rule): ReadonlyMap<string, Shape> {
  const no: [string, Shape] = ['no', 'text'];
  return rule.is === 'every' ? new Map([no, ...ofSource[rule.every].names]) : new Map([no]);
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
      const given = givenTo(rule);
      return { part: { names: new Map([...given, ...shapesOf(rule.let, [given, ...sight])]) } };
    }
    case 'least':
    case 'most': {
      const parts = shapeAt(sight, rule.is === 'least' ? (rule.least.split('.')[0] ?? '') : (rule.most.split('.')[0] ?? ''));
      return isParts(parts) ? parts.part : 'text';
    }
    case 'text':
    case 'case':
    case 'number':
    case 'times':
    case 'name':
    case 'deal':
    case 'guid':
    case 'count':
    case 'sum':
    case 'join':
      return 'text';
  }
}

function pickShape(values: Extract<Rule, { is: 'pick' }>['pick']): Shape {
  const [first] = values;
  return typeof first === 'object' ? texts(Object.keys(first)) : 'text';
}

function texts(names: readonly string[], others: Readonly<Record<string, Shape>> = {}): Names {
  return { names: new Map(names.map((name) => [name, others[name] ?? 'text'])) };
}

function isNames(shape: Shape | undefined): shape is Names {
  return typeof shape === 'object' && 'names' in shape;
}

export function isParts(shape: Shape | undefined): shape is PartsShape {
  return typeof shape === 'object' && 'part' in shape;
}
