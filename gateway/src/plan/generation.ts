/**
 * Everything derived from one supergraph: planner, face, sources. A new supergraph gets a generation of its own beside the old
 * one, so an operation is admitted, planned and executed by the same law; the old one ends when its last operation has.
 * @see design/engine.md «Compile once per operation»
 */
import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

import type { Log, Signer } from '@hub/kit/process';
import { flawsOf, HubError, joinsOf } from '@hub/schema';
import { type GraphQLSchema, parse } from 'graphql';

import type { Limits } from '../admit/limits.ts';
import type { KnownOperation } from '../execute/compiled-operations.ts';
import { Documents } from '../execute/documents.ts';
import { createEngine } from '../execute/engine.ts';
import { absentSource } from '../fetch/absent-source.ts';
import { createHttpSource } from '../fetch/http-source.ts';
import { createPartitionSource } from '../fetch/partition-source.ts';
import { Endpoint } from '../fetch/post.ts';
import type { Workshop } from '../fetch/program.ts';
import type { FetchSource } from '../fetch/source.ts';
import { createFace, type Face } from '../respond/face.ts';
import type { Usage } from '../usage/usage.ts';
import { readSupergraph } from './marks.ts';
import { createPlanner } from './planner.ts';
import { openPlanner } from './open-planner.ts';
import type { Subgraph } from './query-planner.ts';

export interface GenerationOptions extends Omit<Workshop, 'schema' | 'contract' | 'sole'> {
  /** Endpoints of logical subgraphs (url `registry:`), by name before the colon; one that is not here fails by name. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly engine: 'hub' | 'reference';
  readonly limits: Limits;
  readonly usage: Usage | undefined;
  /** Signs requests to subgraphs with one endpoint, for the name of the subgraph. */
  readonly signer: Signer | undefined;
  readonly log: Log;
}

/** One supergraph in service. */
export interface Generation {
  /** Digest of the supergraph's text. */
  readonly version: string;
  readonly subgraphs: readonly string[];
  /** The supergraph with the law's directives. */
  readonly schema: GraphQLSchema;
  /** Whether systems of the routing table are needed to answer. */
  readonly partitioned: boolean;
  /** Runs one operation; the generation lives at least as long. */
  use<T>(work: (face: Face) => Promise<T>): Promise<T>;
  /** @returns What it is asked most lately, the most asked first; nothing where the vendor's engine runs it. */
  mostUsed(count: number): readonly KnownOperation[];
  /** Makes an operation ready before it is asked for. @returns false when it is not allowed here. */
  prepare(operation: KnownOperation): Promise<boolean>;
  /** Ends it when nothing runs in it any more. */
  retire(): Promise<void>;
}

/** `systems:board` → the contract `board` of many systems; `system:market` → the register `market` that one system holds. */
const contractUrl = /^(systems?):([a-z][a-z0-9-]*)$/;
/** `registry:` → the endpoint given for `registry`. */
const logicalUrl = /^([a-z][a-z0-9-]*):$/;

/**
 * A province's supergraph is 0.8 MB: it is taken up in steps, and the generation in service answers between two of them.
 * @throws whatever makes this supergraph unusable; nothing stays open then.
 */
export async function openGeneration(supergraphSdl: string, options: GenerationOptions): Promise<Generation> {
  // From an answer of the file system or the network, the next turn comes before any other of their answers.
  await turn();
  const document = parse(supergraphSdl, { noLocation: true });
  await turn();
  const schema = readSupergraph(document);
  await turn();
  const joins = joinsOf(schema);
  await turn();
  const endpoints: Endpoint[] = [];
  const subgraphs: Subgraph[] = [];
  const open = (subgraph: Subgraph): FetchSource => {
    subgraphs.push(subgraph);
    return openSource(subgraph, { ...options, schema, keep: (endpoint) => void endpoints.push(endpoint) });
  };
  const { limits, usage, log, report } = options;
  const documents = new Documents();
  const routings = (): number => options.systems.replacements;
  const engine =
    options.engine === 'reference' ? undefined : createEngine({ supergraphSdl, schema, joins, documents, openPlanner, open, routings });
  const planner = engine ?? createPlanner({ supergraphSdl, log, open });
  const face = createFace({ planner, documents, inParts: engine?.inParts, schema, limits, usage, log, report });
  try {
    await face.start();
  } catch (error) {
    await engine?.stop();
    await Promise.all(endpoints.map((endpoint) => endpoint[Symbol.asyncDispose]()));
    throw error;
  }
  for (const { element, zh, en } of flawsOf(joins)) report({ kind: 'supergraph-flawed', element, why: `${zh}  ${en}` });

  let running = 0;
  const { promise: idle, resolve: becomeIdle } = Promise.withResolvers<void>();
  let retired = false;
  return {
    version: createHash('sha256').update(supergraphSdl).digest('hex').slice(0, 12),
    subgraphs: subgraphs.map(({ name }) => name),
    schema,
    partitioned: subgraphs.some(({ url }) => contractUrl.test(url)),
    async use(work) {
      running++;
      try {
        return await work(face);
      } finally {
        running--;
        if (retired && running === 0) becomeIdle();
      }
    },
    mostUsed: (count) => engine?.mostUsed(count) ?? [],
    prepare: async (operation) => (await engine?.prepare(operation)) ?? false,
    async retire() {
      retired = true;
      if (running === 0) becomeIdle();
      await idle;
      await face.stop();
      await Promise.all(endpoints.map((endpoint) => endpoint[Symbol.asyncDispose]()));
    },
  };
}

interface SourceOptions extends GenerationOptions {
  readonly schema: GraphQLSchema;
  readonly keep: (endpoint: Endpoint) => void;
}

function openSource({ name, url }: Subgraph, options: SourceOptions): FetchSource {
  const [, holders, contract] = contractUrl.exec(url) ?? [];
  if (contract !== undefined) return createPartitionSource({ ...options, contract, sole: holders === 'system' });
  const logical = logicalUrl.exec(url)?.[1];
  const address = logical === undefined ? url : options.endpoints[logical];
  if (address === undefined) return absentSource(name);
  if (!/^https?:/.test(address) || !URL.canParse(address)) {
    throw new HubError('CONFIG_INVALID', {
      zh: `子图 ${name} 没有可用的地址（${url}）。`,
      en: `Subgraph ${name} has no usable address (${url}).`,
    });
  }
  const { signer } = options;
  const endpoint = new Endpoint(address, { sign: signer === undefined ? undefined : (body) => signer.sign(name, body) });
  options.keep(endpoint);
  return createHttpSource({ name, endpoint, report: options.report });
}
