/**
 * One operation, compiled: its plan as steps, its answer as a projection; one of each way its conditions fall.
 * @see design/engine.md «Compile once per operation»
 */
import {
  type DocumentNode,
  executeSync,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

import type { Call } from '../admit/call.ts';
import { conditionVariables } from '../fetch/selection.ts';
import type { FetchError, Path } from '../fetch/source.ts';
import { collectAsked } from './collect.ts';
import type { Step } from './execution.ts';
import { unexplained } from './unexplained.ts';
import type { Target } from './place.ts';
import { compileProjection, type Fault } from './project.ts';
import type { Written } from './share.ts';
import { type FastProjection, generateProjection } from './project-code.ts';
import { compileShownPath } from './shown-path.ts';

/** What came of an operation. */
export interface Executed {
  readonly data?: Target | null;
  /** What failed while it was fetched; or why it did not begin. */
  readonly errors: readonly FetchError[] | readonly GraphQLError[];
  /** What subgraphs gave against their own contract, where none of the errors says why. */
  readonly faults: readonly Fault[];
  /** The same for all who wait for the same. */
  readonly written?: Written;
}

/** Runs one operation. */
export type CompiledOperation = (variables: Readonly<Record<string, unknown>>, call: Call) => Promise<Executed>;

/** What an operation is compiled from. */
export interface OperationSource {
  readonly apiSchema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Fetches everything. */
  readonly fetch: Step;
  readonly runsBeforeCode?: number | undefined;
  /** Response keys under which the data has something else, from the client's to the data's. @see plan/separate-keys.ts */
  readonly keys: ReadonlyMap<string, string> | undefined;
  /** Told when more is kept of it: a further way its conditions fall, generated code. */
  readonly onMore: () => void;
}

export type Projection = (data: Target, faults: Fault[]) => Target | null;

/** Runs by closures before the projection is generated as code: most operations come once. */
const usualRunsBeforeCode = 3;

export function compileOperation(source: OperationSource): CompiledOperation {
  const { apiSchema, document, operation, fetch, keys } = source;
  const fragments = fragmentsOf(document);
  const shownPath = compileShownPath({ operation, fragments, keys });
  const definitions = operation.variableDefinitions ?? [];
  const conditional = conditionVariables(document);
  const isKept = conditional.length <= mostKept && !tellsSchemaByVariables(document, operation);
  const projections = new Map<string, Projection>();
  return async (variables, call) => {
    const { coerced, errors: refused } = getVariableValues(apiSchema, definitions, { ...variables });
    if (refused !== undefined) return { errors: refused, faults: [] };
    const conditions = coerced;
    const execution = { variables, conditions, call, data: {}, errors: [] };
    await fetch(execution);
    const way = conditional.map((name) => (conditions[name] === true ? '1' : '0')).join('');
    const known = projections.get(way) ?? projectionOf(source, conditions);
    if (isKept && !projections.has(way)) {
      if (projections.size > 0) source.onMore();
      projections.set(way, known);
    }
    const faults: Fault[] = [];
    const data = known(execution.data, faults);
    const errors = execution.errors.map((error) => placed(error, (path) => shownPath(path, { conditions, answer: data })));
    return { data, errors, faults: unexplained(faults, errors) };
  };
}

/** @returns The error where the client finds it. */
export function placed({ path, ...error }: FetchError, shownPath: (path: Path) => Path): FetchError {
  const shown = path === undefined ? [] : shownPath(path);
  return shown.length === 0 ? error : { ...error, path: shown };
}

/** @returns A document's fragments by name. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** Whether what is said of the schema itself is another with other variables: `{ __type(name: $name) { name } }`. */
export function tellsSchemaByVariables(document: DocumentNode, { variableDefinitions = [] }: OperationDefinitionNode): boolean {
  let tells = false;
  if (variableDefinitions.length > 0) visit(document, { Field: ({ name }) => void (tells ||= /^__(schema|type)$/.test(name.value)) });
  return tells;
}

/** Conditions of which every way is kept: 64. */
const mostKept = 6;

/** @param root - What the operation's selections are of, unless it is the root. */
export function projectionOf(
  { apiSchema, document, operation, keys, onMore, runsBeforeCode = usualRunsBeforeCode }: Omit<OperationSource, 'fetch'>,
  conditions: Readonly<Record<string, unknown>>,
  root: GraphQLCompositeType | null | undefined = apiSchema.getRootType(operation.operation),
): Projection {
  if (root === undefined || root === null) throw new TypeError(`no ${operation.operation}`);
  const fragments = fragmentsOf(document);
  const reading = { schema: apiSchema, fragments, conditions };
  const asked = new Map(collectAsked([operation.selectionSet], root, reading).map(({ key, nodes }) => [key, nodes]));
  const introspect = (key: string): unknown => {
    const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: asked.get(key) ?? [] };
    const { data, errors } = executeSync({
      schema: apiSchema,
      document: { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...fragments.values()] },
      variableValues: { ...conditions },
    });
    if (errors !== undefined || data === null || data === undefined) throw new GraphQLError('introspection failed');
    return data[key];
  };
  const projecting = { ...reading, introspect, keys };
  const projected = compileProjection(operation.selectionSet, root, projecting);
  let [runs, fast]: [number, FastProjection | undefined] = [0, undefined];
  return (data, faults) => {
    if (runs++ === runsBeforeCode) {
      onMore();
      fast = generateProjection(operation.selectionSet, root, projecting);
    }
    return fast?.(data) ?? projected(data, faults);
  };
}
