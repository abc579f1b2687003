/**
 * One logical subgraph whose rows lie with systems: many, or the one that holds a shared register. A fetch of a plan is taken
 * apart by root field, each field is answered by its operator, all at once; what is derived from the text of a fetch is
 * derived once.
 * @see design/partitioning.md «Rules» 1 and 2, design/engine.md «Compile once per operation»
 */
import { HubError } from '@hub/schema';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type VariableDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { operatorOf, type Operator } from '../plan/marks.ts';
import { compileCode } from './code-field.ts';
import { compileEntities } from './entities-field.ts';
import { compileGroup } from './group-field.ts';
import { compilePage } from './page-field.ts';
import type { FieldAnswer, FieldProgram, RootField, Run, Workshop } from './program.ts';
import { type Collected, collectFields, conditionVariables, resolveSelections } from './selection.ts';
import { compileSingle } from './single-field.ts';
import { errorAt, type FetchSource } from './source.ts';

const operators: Readonly<Record<Operator, (field: RootField) => FieldProgram>> = {
  PAGE: compilePage,
  SINGLE: compileSingle,
  GROUP: compileGroup,
  CODE: compileCode,
};

/** Ways in which the conditions of a fetch can fall that are kept compiled. */
const maxWays = 64;

type RootProgram = { readonly key: string; readonly run: FieldProgram };

interface ParsedFetch {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Without `representations`, whose type no schema has. */
  readonly variables: readonly VariableDefinitionNode[];
  readonly conditions: readonly string[];
}

/** @returns The source of a contract that systems answer. */
export function createPartitionSource(workshop: Workshop): FetchSource {
  return {
    prepare({ query }) {
      const fetch = parseFetch(query);
      const compiled = new LRUCache<string, readonly RootProgram[]>({ max: maxWays });
      const programsOf = (variables: Run['variables']): readonly RootProgram[] => {
        const way = fetch.conditions.map((name) => (variables[name] === true ? '1' : '0')).join('');
        const known = compiled.get(way) ?? compileFetch(fetch, variables, workshop);
        compiled.set(way, known);
        return known;
      };
      return async ({ variables: raw, representations, call }) => {
        const { coerced: variables, errors } = getVariableValues(workshop.schema, fetch.variables, { ...raw });
        if (errors !== undefined) throw new TypeError(errors.map(({ message }) => message).join(' '));
        const programs = programsOf(variables);
        const answers = await Promise.all(programs.map((program) => runField(program, { variables, representations, call })));
        return {
          data: Object.fromEntries(answers.map(({ value }, index) => [programs[index]?.key ?? '', value])),
          errors: answers.flatMap((answer) => answer.errors),
        };
      };
    },
  };
}

async function runField({ key, run }: RootProgram, request: Run): Promise<FieldAnswer> {
  try {
    return await run(request);
  } catch (error) {
    if (error instanceof HubError) return { value: null, errors: [errorAt(error, [key])] };
    throw error;
  }
}

function parseFetch(query: string): ParsedFetch {
  const document = parse(query, { noLocation: true });
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new TypeError('a fetch without an operation');
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return {
    document,
    operation,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    variables: (operation.variableDefinitions ?? []).filter(({ variable }) => variable.name.value !== 'representations'),
    conditions: conditionVariables(document),
  };
}

function compileFetch(fetch: ParsedFetch, variables: Run['variables'], workshop: Workshop): readonly RootProgram[] {
  const query = workshop.schema.getQueryType();
  if (query === undefined || query === null) throw new TypeError('a supergraph without queries');
  const selections = resolveSelections(fetch.operation.selectionSet, fetch.fragments, variables);
  return collectFields(workshop.schema, query, selections).map((collected) => ({
    key: collected.key,
    run: compileRoot(collected, fetch.variables, workshop),
  }));
}

function compileRoot(collected: Collected, variables: readonly VariableDefinitionNode[], workshop: Workshop): FieldProgram {
  const { name, field } = collected;
  if (name === '_entities') return compileEntities({ ...workshop, collected, variables });
  if (name === '__typename') return async () => ({ value: 'Query', errors: [] });
  const operator = field === undefined ? undefined : operatorOf(field);
  if (field === undefined || operator === undefined) throw new TypeError(`${name} says not how it is routed`);
  return operators[operator]({ ...workshop, collected, field, variables });
}
