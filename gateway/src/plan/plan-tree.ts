/**
 * A query plan as data: what to fetch, in which order, and where what comes back belongs. Planners differ; this does not.
 * @see design/engine.md «Compile once per operation»
 */

/** A whole plan: fetched at once, or in parts. */
export type QueryPlan = PlanNode | DeferNode;

/** What is fetched first, and what after it. */
export interface DeferNode {
  readonly kind: 'Defer';
  readonly primary?: PlanNode | undefined;
  readonly deferred: readonly DeferredNode[];
}

/** What one `@defer` puts off: begins when the part it stands in is over. */
export interface DeferredNode {
  /** As the operation that was planned has it. */
  readonly label?: string | undefined;
  /** Absent: the part it stands in brings everything. */
  readonly plan?: QueryPlan | undefined;
}

/** A step of a plan. */
export type PlanNode = SequenceNode | ParallelNode | FetchNode | FlattenNode | ConditionNode;

/** One after the other. */
export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

/** In any order. */
export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

/** One request to one subgraph. */
export interface FetchNode {
  readonly kind: 'Fetch';
  readonly serviceName: string;
  /** Of entities: what of each the subgraph needs; of a root fetch nothing. */
  readonly requires?: readonly PlanSelection[] | undefined;
  readonly variableUsages?: readonly string[] | undefined;
  readonly operation: string;
  readonly operationName?: string | undefined;
  readonly operationKind: string;
  /** Applied to representations before they are sent. */
  readonly inputRewrites?: readonly Rewrite[] | undefined;
  /** Applied to what comes back before it is merged. */
  readonly outputRewrites?: readonly Rewrite[] | undefined;
}

/** A fetch at the objects found along a path; `@` stands for each element of a list. */
export interface FlattenNode {
  readonly kind: 'Flatten';
  readonly path: readonly (string | number)[];
  readonly node: PlanNode;
}

/** One way or the other, by a Boolean variable. */
export interface ConditionNode {
  readonly kind: 'Condition';
  readonly condition: string;
  readonly ifClause?: PlanNode | undefined;
  readonly elseClause?: PlanNode | undefined;
}

/** A field or a fragment of what a fetch requires. */
export type PlanSelection = PlanField | PlanFragment;

/** A field that a representation has. */
export interface PlanField {
  readonly kind: 'Field';
  readonly alias?: string | undefined;
  readonly name: string;
  readonly selections?: readonly PlanSelection[] | undefined;
}

/** What a representation has when the object is of a type. */
export interface PlanFragment {
  readonly kind: 'InlineFragment';
  readonly typeCondition?: string | undefined;
  readonly selections: readonly PlanSelection[];
}

/** A change of an answer, or of a representation. Elements of its path are names of fields, or `... on Type`. */
export type Rewrite =
  | { readonly kind: 'ValueSetter'; readonly path: readonly string[]; readonly setValueTo: unknown }
  | { readonly kind: 'KeyRenamer'; readonly path: readonly string[]; readonly renameKeyTo: string };
