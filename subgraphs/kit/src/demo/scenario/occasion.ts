/**
 * When something is told, and how often: once for each part, at its moment, if its conditions hold. Steps have one, and what
 * scenarios offer to registers.
 */
import type { WallClock } from '../wall-clock.ts';
import type { OfferForm } from './scenario.ts';
import { isMoment, lookUp, partsIn, type Scope, textOf } from './value.ts';

/** An occasion, ready to be looked for. */
export interface Occasion {
  /** Names of the parts, from the story inwards; none for what happens once. */
  readonly each: readonly string[];
  readonly at: readonly string[];
  readonly conditions: readonly Condition[];
}

/** `outcome=1|2`, or `outcome!=1`. */
export interface Condition {
  readonly path: readonly string[];
  readonly values: readonly string[];
  readonly holds: boolean;
}

/** One time of an occasion; `at` is undefined where it does not come to it. */
export interface Happening {
  readonly scope: Scope;
  readonly at: WallClock | undefined;
}

export function occasionOf({ each, at, if: conditions }: Pick<OfferForm, 'each' | 'at' | 'if'>): Occasion {
  return { each: each?.split('.') ?? [], at: at.split('.'), conditions: conditions.map(conditionOf) };
}

function conditionOf(text: string): Condition {
  const at = text.indexOf('=');
  const holds = text.charAt(at - 1) !== '!';
  return { path: text.slice(0, holds ? at : at - 1).split('.'), values: text.slice(at + 1).split('|'), holds };
}

/** @returns All times of an occasion, part by part, those that never come included: what counts them counts the same on any day. */
export function* happenings({ each, at, conditions }: Occasion, scope: Scope, today: WallClock): Generator<Happening> {
  for (const inside of scopesOf(each, scope)) {
    const moment = lookUp(inside, at);
    const comes = isMoment(moment) && moment.at < today && conditions.every((condition) => isMet(condition, inside));
    yield { scope: inside, at: comes ? moment.at : undefined };
  }
}

/** A scope for each part, nested ones within theirs; the story's own when there are no parts. */
function* scopesOf([name, ...deeper]: readonly string[], scope: Scope): Generator<Scope> {
  if (name === undefined) {
    yield scope;
    return;
  }
  for (const part of partsIn(lookUp(scope, [name]))) {
    yield* scopesOf(deeper, { own: new Map([[name, part]]), outer: { own: part.members, outer: scope } });
  }
}

function isMet({ path, values, holds }: Condition, scope: Scope): boolean {
  return values.includes(textOf(lookUp(scope, path))) === holds;
}
