/**
 * Composes the contracts and plans operations in a process of its own, so that the first time is a first time.
 */
import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { law, subgraphUrl } from '@hub/schema';
import { parse } from 'graphql';
import { z } from 'zod';

const order = z.object({ operations: z.record(z.string(), z.string()), repetitions: z.number() });

process.once('message', (message) => void process.send?.(measure(message)));

function measure(message: unknown): object {
  const { operations, repetitions } = order.parse(message);
  const [first, firstMs] = timed(compose);
  const again = Array.from({ length: repetitions }, () => timed(compose)[1]);
  const [planner, loadMs] = timed(() => {
    const supergraph = Supergraph.build(first);
    return { planner: new QueryPlanner(supergraph), api: supergraph.apiSchema() };
  });
  const plans = Object.entries(operations).map(([name, text]) => {
    const plan = (): unknown => planner.planner.buildQueryPlan(operationFromDocument(planner.api, parse(text)));
    const [, coldMs] = timed(plan);
    return { name, coldMs, warmMs: Array.from({ length: repetitions }, () => timed(plan)[1]) };
  });
  return { supergraph: first, composeColdMs: firstMs, composeWarmMs: again, loadMs, plans };
}

function compose(): string {
  const services = law().contracts.map(({ contract, served }) => ({
    name: contract.name,
    url: subgraphUrl(contract),
    typeDefs: parse(served),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(String(errors));
  return `${supergraphSdl}\n`;
}

function timed<T>(act: () => T): readonly [T, number] {
  const startedMs = performance.now();
  const result = act();
  return [result, performance.now() - startedMs];
}
