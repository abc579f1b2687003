/**
 * Draws the variables of a story. Every variable has a seed of its own, from its story and its name: one that is added moves
 * no other, and a part is the same whenever it is asked for.
 * @see design/style.md «Functions»
 */
import { addDecimals, compareDecimals, isDecimal, shiftDecimal } from '@hub/schema';

import { demoDealCode, demoGuid } from '../codes.ts';
import { inventPerson, type Organisation } from '../market.ts';
import type { Names } from '../names.ts';
import { type Random, randomFrom } from '../random.ts';
import { dayS, onWorkday, onWorkdayBefore, timeOfDay } from '../wall-clock.ts';
import { oneFor, organisationBundle, personBundle } from './people.ts';
import { productOf } from './product.ts';
import type { Lets, NameList, Rule } from './scenario.ts';
import type { Stage } from './stage.ts';
import { readTemplate, render, valueOf } from './template.ts';
import { type Bundle, isMoment, isParts, lookUp, type Parts, partsIn, type Scope, textOf, type Value } from './value.ts';

/** Where variables are drawn. */
export interface Drawing {
  readonly stage: Stage;
  /** What the rules may use. */
  readonly scope: Scope;
  /** Of what is drawn here; parts of one kind share it. */
  readonly seed: string;
  /** Which of them this is; 0 in the story itself. */
  readonly index: number;
  /** Of the parts around this one, ten times that of theirs: no two parts within parts have the same with their index. */
  readonly trail?: number;
}

/** Parts that are kept once they are made; more of them are made anew each time, so that no long list is ever held. */
const keptParts = 100;

/** @param own - What is known besides; the variables are put there too. @returns The variables in a scope of their own. */
export function drawAll(lets: Lets, drawing: Drawing, own = new Map<string, Value>()): Scope {
  const scope: Scope = { own, outer: drawing.scope };
  for (const [name, rule] of Object.entries(lets)) own.set(name, draw(rule, { ...drawing, scope }, name));
  return scope;
}

function draw(rule: Rule, drawing: Drawing, name: string): Value {
  const { stage, scope, seed, index } = drawing;
  const random = (): Random => randomFrom(`${seed}/${index}/${name}`);
  const shared = (): Random => randomFrom(`${seed}/${name}`);
  const { setting } = stage;
  switch (rule.is) {
    case 'text':
      return valueOf(readTemplate(rule.text), scope);
    case 'pick':
      return picked(random().pick(rule.pick), scope);
    case 'case':
      return valueOf(readTemplate(rule.of[textAt(scope, rule.case)] ?? rule.of['*'] ?? ''), scope);
    case 'number':
      return numberBetween(rule, random());
    case 'times':
      return productOf(
        rule.times.map((factor) => (typeof factor === 'string' ? numberAt(scope, factor) : ratioBetween(factor, random()))),
        rule.decimals,
      );
    case 'day':
      return dayAfter(rule, scope, random());
    case 'company':
      return partyOf(stage, setting.market.companies.get(rule.company) ?? [], { index, random: shared() });
    case 'body':
      return partyOf(stage, stage.bodies.get(rule.body) ?? [], { index, random: shared() });
    case 'person':
      return personOf(rule.person, stage, { index, random: rule.person === 'staff' ? random() : shared() });
    case 'name':
      return random().pick(listOf(setting.names, rule.name));
    case 'deal':
      return demoDealCode(/^[A-Z]/.test(rule.deal) ? rule.deal : textAt(scope, rule.deal), stage.platform.platform, {
        day: stage.start,
        serial: dealSerial(stage, drawing),
      });
    case 'guid':
      return demoGuid(random());
    case 'hex':
      return random().hex(rule.hex);
    case 'repeat':
      return repeated(rule, inside(drawing, name), random());
    case 'every':
      return everyOne(rule, inside(drawing, name));
    case 'count':
      return String(countAt(scope, rule.count));
    case 'sum':
      return textsAt(scope, rule.sum).reduce((sum, text) => addDecimals(sum, text), '0');
    case 'join':
      return textsAt(scope, rule.join).join(rule.with);
    case 'least':
      return ranked(scope, rule.least, { sign: -1, first: rule.first });
    case 'most':
      return ranked(scope, rule.most, { sign: 1, first: rule.first });
  }
}

function picked(value: string | Readonly<Record<string, string>>, scope: Scope): Value {
  if (typeof value === 'string') return render(readTemplate(value), scope);
  return { members: new Map(Object.entries(value).map(([name, text]) => [name, render(readTemplate(text), scope)])) };
}

function inside(drawing: Drawing, name: string): Drawing {
  const { seed, index, trail = 0 } = drawing;
  return { ...drawing, seed: `${seed}/${index}/${name}`, trail: (trail + index) * 10 };
}

/** Small amounts are many, large ones few, where `log` says so: uniform in the logarithm. */
function numberBetween({ number: [from, to], decimals, log }: Extract<Rule, { is: 'number' }>, random: Random): string {
  const share = random.next();
  const value = log ? Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from))) : from + share * (to - from);
  const unit = 10 ** decimals;
  const whole = log ? Math.round(value * unit) : random.whole(Math.round(from * unit), Math.round(to * unit));
  return shiftDecimal(String(whole), -decimals);
}

function ratioBetween([from, to]: readonly [number, number], random: Random): string {
  return shiftDecimal(String(random.whole(Math.round(from * 10_000), Math.round(to * 10_000))), -4);
}

function dayAfter({ day, after, clock }: Extract<Rule, { is: 'day' }>, scope: Scope, random: Random): Value {
  const base = lookUp(scope, after.split('.'));
  if (!isMoment(base)) return undefined;
  const days = typeof day === 'string' ? Number(textAt(scope, day)) : random.whole(day[0], day[1]);
  // What comes before a moment still does when a weekend lies between.
  const date = (days < 0 ? onWorkdayBefore : onWorkday)(base.at + days * dayS);
  if (clock === undefined) return { at: timeOfDay(date, '08:30') + random.whole(0, 8 * 3600) };
  return { at: timeOfDay(date, clock.includes(':') ? clock : textAt(scope, clock)) };
}

interface Turn {
  readonly index: number;
  readonly random: Random;
}

function partyOf({ setting }: Stage, list: readonly Organisation[], { index, random }: Turn): Value {
  const one = oneFor(list, index, random);
  return one === undefined ? undefined : organisationBundle(setting.province, one);
}

function personOf(kind: true | 'expert' | 'staff', { setting }: Stage, { index, random }: Turn): Value {
  const { market, province, names } = setting;
  const one =
    kind === 'staff' ? inventPerson(province.code, names, random) : oneFor(kind === true ? market.persons : market.experts, index, random);
  return one === undefined ? undefined : personBundle(one);
}

function listOf(names: Names, list: NameList): readonly string[] {
  return names[list];
}

/** Six digits: different for the deals of one story, and of stories that begin on one day. */
function dealSerial({ number }: Stage, { index, trail = 0 }: Drawing): number {
  return (number * 100 + ((trail + index) % 100)) % 1_000_000;
}

function repeated({ repeat, scaled, let: lets }: Extract<Rule, { is: 'repeat' }>, drawing: Drawing, random: Random): Parts {
  const { stage, scope } = drawing;
  const wanted =
    typeof repeat === 'number' ? repeat : typeof repeat === 'string' ? Number(textAt(scope, repeat)) : random.whole(repeat[0], repeat[1]);
  const count = scaled ? Math.max(1, Math.round(wanted * Math.min(1, stage.scale))) : wanted;
  return partsOf(count, (index) => partAt(lets, { ...drawing, index }, new Map()));
}

function everyOne({ every, let: lets }: Extract<Rule, { is: 'every' }>, drawing: Drawing): Parts {
  const all = drawing.stage.source(every);
  return partsOf(all.length, (index) => partAt(lets, { ...drawing, index }, all[index]?.members ?? new Map()));
}

function partAt(lets: Lets, drawing: Drawing, given: Bundle['members']): Bundle {
  return { members: drawAll(lets, drawing, new Map<string, Value>([['no', String(drawing.index + 1)], ...given])).own };
}

function partsOf(count: number, make: (index: number) => Bundle): Parts {
  const made = new Map<number, Bundle>();
  return {
    count,
    part: (index) => {
      const part = made.get(index) ?? make(index);
      if (count <= keptParts) made.set(index, part);
      return part;
    },
  };
}

function textAt(scope: Scope, path: string): string {
  return textOf(lookUp(scope, path.split('.')));
}

function numberAt(scope: Scope, path: string): string {
  const text = textAt(scope, path);
  return isDecimal(text) ? text : '0';
}

function countAt(scope: Scope, path: string): number {
  const value = lookUp(scope, path.split('.'));
  return isParts(value) ? value.count : 0;
}

/** The texts of one member in all parts: `lot.price`. Texts that are empty do not count. */
function textsAt(scope: Scope, path: string): readonly string[] {
  return partsAlong(scope, path).map(({ text }) => text);
}

function partsAlong(scope: Scope, path: string): readonly { readonly part: Bundle; readonly text: string }[] {
  const [parts = '', ...member] = path.split('.');
  return [...partsIn(lookUp(scope, [parts]))]
    .map((part) => ({ part, text: textOf(lookUp({ own: part.members, outer: undefined }, member)) }))
    .filter(({ text }) => text !== '');
}

/** The part whose member is the least or the most, of equals the first; or the first so many, each with its rank. */
function ranked(scope: Scope, path: string, { sign, first }: { readonly sign: 1 | -1; readonly first: number | undefined }): Value {
  const all = partsAlong(scope, path).toSorted((a, b) => compareDecimals(b.text, a.text) * sign);
  if (first === undefined) return all[0]?.part;
  const best = all.slice(0, first).map(({ part }, index) => ({ members: new Map([...part.members, ['rank', String(index + 1)]]) }));
  return partsOf(best.length, (index) => best[index] ?? { members: new Map() });
}
