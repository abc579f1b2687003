/**
 * Draws the variables of a story. Every variable has a seed of its own, from its story and its name: one that is added moves
 * no other, and a part is the same whenever it is asked for.
 * @see design/style.md «Functions»
 */
import { addDecimals, compareDecimals, isDecimal, shiftDecimal } from '@hub/schema';

import { demoDealCode, demoGuid } from '../codes.ts';
import type { Organisation } from '../market.ts';
import type { Names } from '../names.ts';
import { type Random, randomFrom } from '../random.ts';
import { dayS, onWorkday, timeOfDay } from '../wall-clock.ts';
import { oneFor, organisationBundle, personBundle } from './people.ts';
import { productOf } from './product.ts';
import type { Lets, NameList, Rule } from './scenario.ts';
import type { Stage } from './stage.ts';
import { readTemplate, render } from './template.ts';
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
}

/** Parts that are kept once they are made; more of them are made anew each time, so that no long list is ever held. */
const keptParts = 100;

/** @returns The variables in a scope of their own. */
export function drawAll(lets: Lets, drawing: Drawing): Scope {
  const own = new Map<string, Value>();
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
      return render(readTemplate(rule.text), scope);
    case 'pick':
      return picked(random().pick(rule.pick));
    case 'case':
      return render(readTemplate(rule.of[textAt(scope, rule.case)] ?? rule.of['*'] ?? ''), scope);
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
      return personOf(stage, { index, random: shared() });
    case 'name':
      return random().pick(listOf(setting.names, rule.name));
    case 'deal':
      return demoDealCode(rule.deal, stage.platform.platform, { day: stage.start, serial: dealSerial(stage, index) });
    case 'guid':
      return demoGuid(random());
    case 'repeat':
      return repeated(rule, { ...drawing, seed: `${seed}/${index}/${name}` }, random());
    case 'every':
      return everyOne(rule, { ...drawing, seed: `${seed}/${index}/${name}` });
    case 'count':
      return String(countAt(scope, rule.count));
    case 'sum':
      return textsAt(scope, rule.sum).reduce((sum, text) => addDecimals(sum, text), '0');
    case 'join':
      return textsAt(scope, rule.join).join(';');
    case 'least':
      return extreme(scope, rule.least, -1);
    case 'most':
      return extreme(scope, rule.most, 1);
  }
}

function picked(value: string | Readonly<Record<string, string>>): Value {
  return typeof value === 'string' ? value : { members: new Map(Object.entries(value)) };
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

function dayAfter({ day: [from, to], after, clock }: Extract<Rule, { is: 'day' }>, scope: Scope, random: Random): Value {
  const base = lookUp(scope, after.split('.'));
  if (!isMoment(base)) return undefined;
  const day = onWorkday(base.at + random.whole(from, to) * dayS);
  return { at: clock === undefined ? timeOfDay(day, '08:30') + random.whole(0, 8 * 3600) : timeOfDay(day, clock) };
}

interface Turn {
  readonly index: number;
  readonly random: Random;
}

function partyOf({ setting }: Stage, list: readonly Organisation[], { index, random }: Turn): Value {
  const one = oneFor(list, index, random);
  return one === undefined ? undefined : organisationBundle(setting.province, one);
}

function personOf({ setting }: Stage, { index, random }: Turn): Value {
  const one = oneFor(setting.market.persons, index, random);
  return one === undefined ? undefined : personBundle(one);
}

function listOf(names: Names, list: NameList): readonly string[] {
  return names[list];
}

/** Six digits: different for the deals of one story, and of stories that begin on one day. */
function dealSerial({ number }: Stage, index: number): number {
  return (number * 100 + (index % 100)) % 1_000_000;
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
  const first = new Map<string, Value>([['no', String(drawing.index + 1)], ...given]);
  const { own } = drawAll(lets, { ...drawing, scope: { own: first, outer: drawing.scope } });
  return { members: new Map([...first, ...own]) };
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

/** The part whose member is the least or the most; of equals the first. */
function extreme(scope: Scope, path: string, sign: 1 | -1): Value {
  const candidates = partsAlong(scope, path);
  const [best] = candidates.toSorted((a, b) => compareDecimals(b.text, a.text) * sign);
  return best?.part;
}
