/**
 * Our engine beside the stock one, over generated supergraphs, data and operations: the same answers.
 * @see issue 6 «Differential tests»
 */
import { createLog } from '@hub/kit/process';
import fc from 'fast-check';
import { type DocumentNode, Kind, parse, type OperationDefinitionNode, validate } from 'graphql';
import { expect, test } from 'vitest';

import { choiceOf } from '../../testing/choice.ts';
import { generatedSource } from '../../testing/generated-data.ts';
import { generateOperation } from '../../testing/generated-operation.ts';
import { generateSupergraph } from '../../testing/generated-supergraph.ts';
import { openPlanner } from '../plan/open-planner.ts';
import { createPlanner } from '../plan/planner.ts';
import { readSupergraph } from '../plan/marks.ts';
import { createEngine } from './engine.ts';

const operations = 20;

test('generated operations', { timeout: 600_000 }, async () => {
  let [compared, uncomposed, invalid] = [0, 0, 0];
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (generate) => {
      const choice = choiceOf(generate);
      const made = generateSupergraph(choice);
      if (made === undefined) return void uncomposed++;
      const { supergraphSdl, subgraphs } = made;
      const sources = new Map(subgraphs.map((subgraph) => [subgraph.name, generatedSource(subgraph, choice.below(8))]));
      const open = ({ name }: { readonly name: string }) => sources.get(name) ?? fail(name);
      const ours = createEngine({ supergraphSdl, schema: readSupergraph(supergraphSdl), openPlanner, open });
      const reference = createPlanner({ supergraphSdl, log: createLog('reference', 'fatal'), open });
      try {
        const schemas: { readonly apiSchema: Parameters<typeof generateOperation>[0] }[] = [];
        ours.onSchemaLoadOrUpdate((told) => void schemas.push(told));
        const [{ executor: mine }, { executor: stock }] = [await ours.load({ apollo: {} }), await reference.load({ apollo: {} })];
        const apiSchema = schemas[0]?.apiSchema;
        if (apiSchema === undefined || mine === null || stock === null) throw new TypeError('not loaded');
        for (let count = 0; count < operations; count++) {
          const { text, variables } = generateOperation(apiSchema, choice);
          const document = parse(text);
          if (validate(apiSchema, document).length > 0) {
            invalid++;
            continue;
          }
          const context = contextOf({ text, document, variables, schema: apiSchema });
          const [one, other] = [await mine(context), await stock(context)];
          compared++;
          if (process.env['SHOW'] !== undefined && JSON.stringify(one.data) !== JSON.stringify(other.data)) console.log(text, JSON.stringify(variables), one.extensions?.['valueCompletion']?.map((e: any) => `${e.message} ${JSON.stringify(e.path)}`), JSON.stringify(await (await openPlanner(supergraphSdl)).plan(text, undefined), null, 1).replace(/\n\s+/g, ' '), one.errors?.map((e) => `${e.message} ${JSON.stringify(e.path)}`), other.errors?.map((e) => `${e.message} ${JSON.stringify(e.path)}`));
          expect({ text, variables, data: JSON.stringify(one.data), misplaced: misplaced(one), ...faultsOf(one) }).toEqual({
            text,
            variables,
            data: JSON.stringify(other.data),
            misplaced: [],
            ...faultsOf(other),
          });
        }
      } finally {
        await Promise.all([ours.stop(), reference.stop()]);
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 10), seed: Number(process.env['SEED'] ?? 1), endOnFailure: true },
  );
  console.log({ compared, uncomposed, invalid });
  expect(compared).toBeGreaterThan(0);
});

interface Outcome {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: Path | undefined }[] | undefined;
}

type Path = readonly (string | number)[];

/** What failed. Where it did is looked at apart: the stock engine counts entities it did not ask for. */
function faultsOf({ errors = [] }: Outcome): object {
  return { errors: [...new Set(errors.map(({ message }) => message))].toSorted() };
}

/** @returns Errors that are told of something that is there. */
function misplaced({ data, errors = [] }: Outcome): readonly unknown[] {
  return errors.filter(({ path }) => path === undefined || path.reduce<unknown>((value, step) => (isThere(value) ? value[step] : null), data) !== null);
}

function isThere(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

function fail(name: string): never {
  throw new TypeError(`no subgraph ${name}`);
}

interface Asked {
  readonly text: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly schema: unknown;
}

let asked = 0;

function contextOf({ text, document, variables, schema }: Asked): never {
  const operation = document.definitions.find((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION);
  asked++;
  return {
    request: { query: text, variables: { ...variables } },
    source: text,
    document,
    operation,
    operationName: operation?.name?.value,
    queryHash: String(asked),
    schema,
    context: { call: {} },
    logger: console,
    metrics: {},
    cache: undefined,
  } as never;
}
