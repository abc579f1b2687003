/**
 * Faults in the variables of a story: names that are not there, or not what the rule needs; roles nobody has.
 */
import type { Lets, Rule } from './scenario.ts';
import { caseShapes, givenTo, isParts, kindOf, partShape, type Shape, shapeAt, shapesOf, type Sight, sourceName } from './shape.ts';
import { aloneIn, readTemplate } from './template.ts';

/** What is wrong, where, and what to do about it. */
export interface Fault {
  readonly place: string;
  readonly zh: string;
  readonly en: string;
}

/** Roles of companies and of bodies. */
export interface Roles {
  readonly companies: ReadonlySet<string>;
  readonly bodies: ReadonlySet<string>;
}

/** @returns The faults of variables, in their order. */
export function* checkRules(lets: Lets, { place, sight, roles }: { place: string; sight: Sight; roles: Roles }): Generator<Fault> {
  const own = new Map<string, Shape>();
  for (const [name, rule] of Object.entries(lets)) {
    const at = `${place}.${name}`;
    const seen: Sight = [own, ...sight];
    yield* checkRule(rule, { place: at, sight: seen, roles });
    for (const [known, shape] of shapesOf({ [name]: rule }, seen)) own.set(known, shape);
  }
}

function* checkRule(rule: Rule, here: { place: string; sight: Sight; roles: Roles }): Generator<Fault> {
  const { place, sight, roles } = here;
  switch (rule.is) {
    case 'text':
      yield* checkValue(rule.text, place, sight);
      return;
    case 'case':
      yield* checkPath(rule.case, 'text', here);
      for (const text of Object.values(rule.of)) yield* checkValue(text, place, sight);
      if (new Set(caseShapes(Object.values(rule.of), sight).map(kindOf)).size > 1)
        yield { place, zh: 'case 的各项应为同一种值。', en: 'The values of a case must be of one kind.' };
      return;
    case 'times':
      for (const factor of rule.times) if (typeof factor === 'string') yield* checkPath(factor, 'text', here);
      return;
    case 'day':
      if (typeof rule.day === 'string') yield* checkPath(rule.day, 'text', here);
      if (rule.clock?.includes(':') === false) yield* checkPath(rule.clock, 'text', here);
      yield* checkPath(rule.after, 'moment', here);
      return;
    case 'company':
      yield* checkRole(rule.company, roles.companies, place);
      return;
    case 'body':
      yield* checkRole(rule.body, roles.bodies, place);
      return;
    case 'repeat':
      if (typeof rule.repeat === 'string') yield* checkPath(rule.repeat, 'text', here);
      yield* checkRules(rule.let, { ...here, sight: [givenTo(rule, sight), ...sight] });
      return;
    case 'every':
      if (shapeAt(sight, sourceName(rule.every)) === undefined)
        yield { place, zh: `没有剧本以 offers 提供「${rule.every}」。`, en: `No scenario offers ${rule.every}.` };
      yield* checkRules(rule.let, { ...here, sight: [givenTo(rule, sight), ...sight] });
      return;
    case 'count':
      if (!isParts(shapeAt(sight, rule.count))) yield noParts(place, rule.count);
      return;
    case 'sum':
    case 'join':
    case 'least':
    case 'most': {
      const path = rule.is === 'sum' ? rule.sum : rule.is === 'join' ? rule.join : rule.is === 'least' ? rule.least : rule.most;
      if (partShape(sight, path) !== 'text') yield noParts(place, path);
      return;
    }
    case 'pick':
      for (const text of rule.pick.flatMap((value) => (typeof value === 'string' ? [value] : Object.values(value))))
        yield* checkTemplate(text, place, sight);
      if (new Set(rule.pick.map((value) => (typeof value === 'string' ? '' : Object.keys(value).toSorted().join()))).size > 1)
        yield { place, zh: 'pick 的各项应有相同的成员名。', en: 'The items of a pick must have the same names.' };
      return;
    case 'deal':
      if (!/^[A-Z]/.test(rule.deal)) yield* checkPath(rule.deal, 'text', here);
      return;
    case 'number':
    case 'person':
    case 'name':
    case 'guid':
    case 'hex':
      return;
  }
}

/** A text that is a name alone may stand for anything. */
function* checkValue(text: string, place: string, sight: Sight): Generator<Fault> {
  const only = aloneIn(readTemplate(text));
  if (only === undefined) yield* checkTemplate(text, place, sight);
  else if (shapeAt(sight, only.path.join('.')) === undefined) yield unknownName(place, only.path.join('.'));
}

/** @returns Placeholders that find no text and no moment, and brackets that are none. */
export function* checkTemplate(text: string, place: string, sight: Sight): Generator<Fault> {
  for (const part of readTemplate(text)) {
    if (typeof part === 'string') {
      if (/[{}]/.test(part)) {
        yield { place, zh: `「${part}」中的花括号不成对或不是变量，请写作 {变量}。`, en: 'A bracket without a variable: write {name}.' };
      }
      continue;
    }
    const shape = shapeAt(sight, part.path.join('.'));
    if (shape !== 'text' && shape !== 'moment') yield unknownName(place, part.path.join('.'));
  }
}

function* checkPath(path: string, wanted: Shape, { place, sight }: { place: string; sight: Sight }): Generator<Fault> {
  if (shapeAt(sight, path) !== wanted) yield unknownName(place, path);
}

function* checkRole(role: string, known: ReadonlySet<string>, place: string): Generator<Fault> {
  if (known.has(role)) return;
  const list = [...known].join('、');
  yield { place, zh: `没有「${role}」这一角色，可用：${list}；新角色加在 names.json。`, en: `No role ${role}. Add it to names.json.` };
}

export function unknownName(place: string, name: string): Fault {
  return {
    place,
    zh: `此处没有变量 ${name}（或类型不符），请先在 let 中定义，或改正名称。`,
    en: `No variable ${name} here, or not of the kind that is needed.`,
  };
}

function noParts(place: string, path: string): Fault {
  return {
    place,
    zh: `${path} 不是重复部分（的成员），请先用 repeat 定义。`,
    en: `${path} is no repeated part, or none of its members.`,
  };
}
