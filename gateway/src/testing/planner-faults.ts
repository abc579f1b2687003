/**
 * Whether an operation meets what the planner gets wrong and our engine mends, so that the stock one may answer otherwise.
 * @see gateway/README.md «Where the planner is wrong»
 */
import { joinsOf } from '@hub/schema';
import { parse } from 'graphql';

import { excludesItself, isDecidedFirst, requiringFields } from '../plan/decide.ts';
import { readSupergraph } from '../plan/marks.ts';
import { isOrderAtStake } from '../plan/root-order.ts';
import { separateKeys, toldFieldsOf } from '../plan/separate-keys.ts';

/** As gateway/README.md has them. */
type PlannerFault =
  | 'names taken for others'
  | 'conditions with requirements'
  | 'conditions that exclude each other'
  | 'changes in another order';

/** @returns What tells of an operation's text why both engines may differ; undefined: they may not. */
export function plannerFaults(supergraphSdl: string): (text: string) => PlannerFault | undefined {
  const joins = joinsOf(readSupergraph(supergraphSdl));
  const [told, requiring] = [toldFieldsOf(joins), requiringFields(joins)];
  return (text) => {
    const document = parse(text);
    if (separateKeys(document, told) !== undefined) return 'names taken for others';
    if (isOrderAtStake(document, undefined)) return 'changes in another order';
    if (excludesItself(document)) return 'conditions that exclude each other';
    return isDecidedFirst(document, requiring) ? 'conditions with requirements' : undefined;
  };
}
