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
import { decide, hasConditions, isDecidedFirst, requiringFields } from '../plan/decide.ts';
import type { OpenPlanner } from '../plan/open-planner.ts';
import { isOrderAtStake, rootFieldsInOrder } from '../plan/root-order.ts';
import { separateKeys, toldFieldsOf } from '../plan/separate-keys.ts';
import { compilePlan } from './compile-plan.ts';
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

/**
 * Throws as `OpenPlanner.plan` and `checkPlan` do.
 * @param grow - Told of the characters of each plan that is kept.
 */
export type Planning = (asked: AskedOperation, grow: (characters: number) => void) => Promise<PlannedOperation>;

interface Planned {
  readonly document: DocumentNode;
  readonly source: string;
  readonly operationName: string | undefined;
  readonly grow: (characters: number) => void;
}

/** @returns What plans operations. */
export function createPlanning({ planner, schema, joins, sources }: PlanningOptions): Planning {
  const [told, requiring] = [toldFieldsOf(joins), requiringFields(joins)];
  const stepOf = async ({ document, source, operationName, grow }: Planned): Promise<Step> => {
    const plan = await planner.plan(source, operationName);
    if (plan !== undefined) grow(JSON.stringify(plan).length);
    const operation = getOperationAST(document, operationName);
    if (operation !== null && operation !== undefined) checkPlan(plan, operation, joins);
    return plan === undefined ? async () => {} : compilePlan(plan, { schema, sources });
  };
  return async ({ source, document, operationName }, grow) => {
    const separated = separateKeys(document, told);
    const apart = separated?.document ?? document;
    const keys = separated?.keys;
    const isMixed = isOrderAtStake(apart, operationName);
    const stepOfWay = (decided: DocumentNode): Promise<Step> => {
      const way = isMixed ? rootFieldsInOrder(decided, operationName) : decided;
      return stepOf({ document: way, source: print(way), operationName, grow });
    };
    if (isDecidedFirst(apart, requiring) || (isMixed && hasConditions(apart))) return { fetch: eachWay(apart, stepOfWay), keys };
    if (separated === undefined && !isMixed) return { fetch: await stepOf({ document, source, operationName, grow }), keys };
    return { fetch: await stepOfWay(apart), keys };
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
