/**
 * The planner's port: the only files that know the vendor's federation packages (Elastic-2.0) are in this folder. A supergraph
 * goes in, and what comes out runs operations over sources of ours.
 * @see design/engine.md
 */
import './telemetry-off.ts';

import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Log } from '@hub/kit/process';
import { LRUCache } from 'lru-cache';

import type { Call } from '../admit/call.ts';
import { type Ask, entityKeyOf, type FetchSource, type RepresentationList } from '../fetch/source.ts';
import type { Subgraph } from './query-planner.ts';

export interface PlannerOptions {
  readonly supergraphSdl: string;
  readonly log: Log;
  /** What answers the fetches of a subgraph. @throws HubError CONFIG_INVALID when nothing can. */
  readonly open: (subgraph: Subgraph) => FetchSource;
}

/** @returns A planner with its executor; loading it fails when the supergraph is broken. */
export function createPlanner({ supergraphSdl, log, open }: PlannerOptions): ApolloGateway {
  return new ApolloGateway({
    supergraphSdl,
    validateSupergraph: true,
    __exposeQueryPlanExperimental: false,
    logger: quiet(log),
    buildService: ({ name, url }) => dataSource(open({ name, url: url ?? '' })),
  });
}

/** Fetches of one subgraph that are kept prepared. */
const maxAsked = 2_000;

function dataSource(source: FetchSource): GraphQLDataSource<{ call: Call }> {
  const asked = new LRUCache<string, Ask>({ max: maxAsked });
  return {
    async process({ request, ...options }) {
      // The vendor's own probes are never asked for; only operations have a call.
      if (!('incomingRequestContext' in options)) throw new TypeError(`a fetch of kind ${options.kind}`);
      const { representations, ...variables }: Readonly<Record<string, unknown>> = request.variables ?? {};
      const lists = Array.isArray(representations) ? [listOf(representations)] : [];
      const query = request.query ?? '';
      const ask = asked.get(query) ?? source.prepare({ query, operationName: request.operationName });
      asked.set(query, ask);
      const { data, errors } = await ask({ variables, representations: lists, call: options.context.call });
      return errors.length === 0 ? { data } : { data, errors };
    },
  };
}

function listOf(representations: readonly unknown[]): RepresentationList {
  const texts = representations.map((one) => JSON.stringify(one));
  return { variable: 'representations', texts, keyOf: (index) => entityKeyOf(representations[index]) };
}

// What the vendor calls information is detail here.
function quiet(log: Log) {
  return {
    debug: (text?: string) => log.trace(text),
    info: (text?: string) => log.debug(text),
    warn: (text?: string) => log.warn(text),
    error: (text?: string) => log.error(text),
  };
}
