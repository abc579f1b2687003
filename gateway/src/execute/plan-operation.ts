/**
 * From an operation to the step that fetches for it: kept apart from what it could be mistaken for, decided where the planner must
 * not decide, planned, checked, compiled.
 * @see gateway/README.md «Where the planner is wrong»
 */
import type { Joins } from '@hub/schema';
import { type DocumentNode, getOperationAST, type GraphQLSchema, print } from 'graphql';
import { LRUCache } from 'lru-cache';

import { conditionVariables } from '../fetch/selection.ts';
import type { FetchSource } from '../fetch/source.ts';
import { checkPlan } from '../plan/check-plan.ts';
import { decide, mayBeEmpty, hasConditions, isDecidedFirst, requiringFields } from '../plan/decide.ts';
import type { OpenPlanner } from '../plan/open-planner.ts';
import type { PlanNode, QueryPlan } from '../plan/plan-tree.ts';
import { isOrderAtStake, rootFieldsInOrder } from '../plan/root-order.ts';
import { separateKeys, toldFieldsOf } from '../plan/separate-keys.ts';
import { compilePlan } from './compile-plan.ts';
import { withoutDefer } from './defer-document.ts';
import type { Step } from './execution.ts';

/** A valid document and the operation of it that is to run. */
interface AskedOperation {
  /** The document's text. */
  readonly source: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
}

/** An operation that can be fetched for. */
interface PlannedOperation {
  readonly fetch: Step;
  /** @see OperationSource.keys */
  readonly keys: ReadonlyMap<string, string> | undefined;
}

/** What fetches for one part of an operation, and for those that stand in it. */
export interface PlannedPart {
  /** Undefined: what it stands in brings everything. */
  readonly fetch: Step | undefined;
  /** By label. */
  readonly later: ReadonlyMap<string | undefined, PlannedPart>;
}

/** An operation that can be fetched for in parts. */
interface PlannedParts extends Pick<PlannedOperation, 'keys'> {
  readonly part: PlannedPart;
}

interface PlanningOptions {
  readonly planner: OpenPlanner;
  /** The supergraph, with what clients do not see. */
  readonly schema: GraphQLSchema;
  /** Of that schema. */
  readonly joins: Joins;
  readonly sources: ReadonlyMap<string, FetchSource>;
}

/** Ways in which the conditions of one operation fall that are kept planned. */
const maxWays = 64;

/** Told of the characters of each plan that is kept. */
type Grow = (characters: number) => void;

/** Plans operations; each way throws as `OpenPlanner.plan` and `checkPlan` do. */
export interface Planning {
  readonly atOnce: (asked: AskedOperation, grow: Grow) => Promise<PlannedOperation>;
  /** @param document - With `@defer`, each with a label of its own, and without conditions. */
  readonly inParts: (document: DocumentNode, operationName: string | undefined, grow: Grow) => Promise<PlannedParts>;
}

interface Planned extends AskedOperation {
  readonly grow: Grow;
}

/** @returns What plans operations. */
export function createPlanning({ planner, schema, joins, sources }: PlanningOptions): Planning {
  const [told, requiring] = [toldFieldsOf(joins), requiringFields(joins)];
  const planOf = async ({ document, source, operationName, grow }: Planned): Promise<QueryPlan | undefined> => {
    const plan = await planner.plan(source, operationName);
    if (plan !== undefined) grow(JSON.stringify(plan).length);
    const operation = getOperationAST(document, operationName);
    if (operation !== null && operation !== undefined) checkPlan(plan, { document, operation }, joins);
    return plan;
  };
  const compiled = (plan: PlanNode): Step => compilePlan(plan, { schema, sources });
  const stepOf = async (planned: Planned): Promise<Step> => {
    const plan = await planOf(planned);
    if (plan?.kind === 'Defer') throw new TypeError('a plan in parts for what is asked at once');
    return plan === undefined ? async () => {} : compiled(plan);
  };
  const partOf = (plan: QueryPlan | undefined): PlannedPart => {
    if (plan?.kind !== 'Defer') return { fetch: plan && compiled(plan), later: new Map() };
    const { primary, deferred } = plan;
    return { fetch: primary && compiled(primary), later: new Map(deferred.map(({ label, plan: inner }) => [label, partOf(inner)])) };
  };
  return {
    async atOnce({ source, document, operationName }, grow) {
      const separated = separateKeys(document, told);
      const apart = separated?.document ?? document;
      const keys = separated?.keys;
      const isMixed = isOrderAtStake(apart, operationName);
      const stepOfWay = (decided: DocumentNode): Promise<Step> => {
        const way = isMixed ? rootFieldsInOrder(decided, operationName) : decided;
        return stepOf({ document: way, source: print(way), operationName, grow });
      };
      const isDecided = isDecidedFirst(apart, requiring) || mayBeEmpty(apart) || (isMixed && hasConditions(apart));
      if (isDecided) return { fetch: eachWay(apart, stepOfWay), keys };
      if (separated === undefined && !isMixed) return { fetch: await stepOf({ document, source, operationName, grow }), keys };
      return { fetch: await stepOfWay(apart), keys };
    },
    async inParts(document, operationName, grow) {
      const separated = separateKeys(document, told);
      const apart = separated?.document ?? document;
      const plan = await planOf({ document: withoutDefer(apart), source: print(apart), operationName, grow });
      return { part: partOf(plan), keys: separated?.keys };
    },
  };
}

function eachWay(document: DocumentNode, stepOf: (decided: DocumentNode) => Promise<Step>): Step {
  const names = conditionVariables(document);
  const ways = new LRUCache<string, Promise<Step>>({ max: maxWays });
  return async (execution) => {
    const way = names.map((name) => (execution.conditions[name] === true ? '1' : '0')).join('');
    const known = ways.get(way) ?? stepOf(decide(document, execution.conditions));
    ways.set(way, known);
    known.catch(() => ways.delete(way));
    await (
      await known
    )(execution);
  };
}
