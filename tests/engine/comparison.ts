/**
 * Runs generated operations over generated supergraphs three ways, by our engine, the stock one and the specification, and keeps
 * what came of it.
 */
import {
  type choiceOf,
  createWorld,
  faultsOf,
  generatedSource,
  generateOperation,
  generateSupergraph,
  openBothEngines,
  openOracle,
  type Outcome,
  plannerFaults,
  type World,
} from '@hub/gateway/testing';

import { againstReference, againstSpecification, type Difference, same } from './compare.ts';
import { Ingredients } from './ingredients.ts';

type Choice = ReturnType<typeof choiceOf>;

/** An operation, and which subgraphs are out of order while it runs. */
type Case = ReturnType<typeof generateOperation> & { readonly faulty: ReturnType<typeof faultsOf> };

/** A difference that nothing explains. */
interface Wrong extends Case {
  readonly why: readonly string[];
  /** By name of subgraph. */
  readonly subgraphs: Readonly<Record<string, string>>;
}

/** Where more is wrong than this, the rest tells nothing new. */
const mostWrong = 10;
/** Operations that are planned while one is run: planning has a thread of its own. */
const planned = 3;

export class Comparison {
  readonly counts = { supergraphs: 0, uncomposed: 0, compared: 0, invalid: 0, refused: 0, bySpecification: 0 };
  readonly differences: Record<string, number> = {};
  readonly ingredients = new Ingredients();
  readonly wrong: Wrong[] = [];
  readonly #operations: number;

  /** @param operations - Generated over each supergraph. */
  constructor(operations: number) {
    this.#operations = operations;
  }

  /** Compares over one supergraph. */
  async over(choice: Choice): Promise<void> {
    if (this.wrong.length > mostWrong) return;
    const made = generateSupergraph(choice);
    if (made === undefined) return void this.counts.uncomposed++;
    this.counts.supergraphs++;
    const world = createWorld(choice);
    const sources = new Map(made.subgraphs.map((subgraph) => [subgraph.name, generatedSource(subgraph, world)]));
    await using engines = await openBothEngines(made.supergraphSdl, sources);
    const oracle = openOracle(engines.apiSchema, made, world);
    const planning = plannerFaults(made.supergraphSdl);
    const generated = Array.from({ length: this.#operations }, (): Case => ({
      ...generateOperation(engines.apiSchema, choice),
      faulty: faultsOf(choice),
    }));
    const valid = generated.filter(({ text }) => engines.isValid(text));
    this.counts.invalid += generated.length - valid.length;
    for (const { text } of valid.slice(0, planned)) engines.prepare(text);
    for (const [index, one] of valid.entries()) {
      const next = valid[index + planned];
      if (next !== undefined) engines.prepare(next.text);
      world.turn(one.faulty);
      const why = await this.#compare(one, { world, engines, oracle, planning, supergraph: made.supergraphSdl });
      if (why.length === 0) continue;
      const subgraphs = Object.fromEntries(made.subgraphs.map(({ name, typeDefs }) => [name, typeDefs.loc?.source.body ?? '']));
      this.wrong.push({ ...one, why, subgraphs });
    }
  }

  /** @returns What is wrong with ours. */
  async #compare(
    { text, variables, faulty }: Case,
    { world, engines, oracle, planning, supergraph }: Compared,
  ): Promise<readonly string[]> {
    const ours = await changing(world, () => engines.ours(text, variables));
    // By generated code, from the second time on.
    const again = await changing(world, () => engines.ours(text, variables));
    const reference = await changing(world, () => engines.reference(text, variables));
    const isRefused = ours.errors?.some(({ extensions }) => extensions?.['code'] === 'CONTRACT_INVALID') === true;
    this.counts.compared++;
    for (const fault of faulty.values()) this.ingredients.add(`answers: ${fault}`);
    this.ingredients.count({ supergraph, text, variables, changes: ours.changes.length, ...written(ours) });
    const wrong = same(ours, again) ? [] : [`first ${JSON.stringify(ours)}`, `again ${JSON.stringify(again)}`];
    if (isRefused) {
      this.counts.refused++;
      return wrong;
    }
    // Where a whole answer is faulty, the specification of federation says nothing: there is the stock engine alone.
    if (faulty.size === 0) {
      this.counts.bySpecification++;
      wrong.push(...againstSpecification(ours, await changing(world, () => oracle(text, variables))));
    }
    const found = againstReference(text, ours, reference);
    const difference = found === 'unknown' ? planning(text) : found;
    if (difference !== undefined) this.#note(difference);
    else if (found === 'unknown') wrong.push(`ours ${JSON.stringify(ours)}`, `reference ${JSON.stringify(reference)}`);
    return wrong;
  }

  #note(difference: Difference | NonNullable<ReturnType<ReturnType<typeof plannerFaults>>>): void {
    this.differences[difference] = (this.differences[difference] ?? 0) + 1;
  }
}

interface Compared {
  readonly world: World;
  readonly engines: Awaited<ReturnType<typeof openBothEngines>>;
  readonly oracle: ReturnType<typeof openOracle>;
  readonly planning: ReturnType<typeof plannerFaults>;
  readonly supergraph: string;
}

/** @returns What came of it, and the changes it made, in order. */
async function changing(world: World, run: () => Promise<Outcome>): Promise<Outcome & { readonly changes: readonly string[] }> {
  world.reset();
  return { ...(await run()), changes: world.reset() };
}

function written({ data, errors = [], extensions }: Outcome) {
  const completion: unknown = extensions?.['valueCompletion'];
  const faults: readonly { readonly message: string }[] = Array.isArray(completion) ? completion : [];
  return {
    data: JSON.stringify(data) ?? '',
    errors: errors.map(({ message }) => message).join(),
    faults: faults.map(({ message }) => message),
  };
}
