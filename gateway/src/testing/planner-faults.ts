/**
 * Whether an operation meets what the planner gets wrong and our engine mends, so that the stock one may answer otherwise.
 * @see gateway/README.md «Where the planner is wrong»
 */
import { joinsOf } from '@hub/schema';
import { parse } from 'graphql';

import { mayBeEmpty, isDecidedFirst, requiringFields } from '../plan/decide.ts';
import { readSupergraph } from '../plan/marks.ts';
import { isOrderAtStake } from '../plan/root-order.ts';
import { separateKeys, toldFieldsOf } from '../plan/separate-keys.ts';

/** As gateway/README.md has them. */
type PlannerFault =
  | 'names taken for others'
  | 'conditions with requirements'
  | 'objects of which nothing may be wanted'
  | 'changes in another order';

/** @returns What tells of an operation's text why both engines may differ; undefined: they may not. */
export function plannerFaults(supergraphSdl: string): (text: string) => PlannerFault | undefined {
  const joins = joinsOf(readSupergraph(supergraphSdl));
  const [told, requiring] = [toldFieldsOf(joins), requiringFields(joins)];
  return (text) => {
    const document = parse(text);
    if (separateKeys(document, told) !== undefined) return 'names taken for others';
    if (isOrderAtStake(document, undefined)) return 'changes in another order';
    if (mayBeEmpty(document)) return 'objects of which nothing may be wanted';
    return isDecidedFirst(document, requiring) ? 'conditions with requirements' : undefined;
  };
}
