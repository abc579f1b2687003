/**
 * Asks the gateway’s own graph from inside, as whoever opened the page: admission, visibility and deadlines are those of any
 * query.
 * @see design/graph.md «Who sees what»
 */
import type { Grants } from '../../admit/caller.ts';
import type { Generation } from '../../plan/generation.ts';

/** A question. */
export interface PageQuestion {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** Of whoever asks. */
  readonly grants: Grants;
  /** Time for it, ms. */
  readonly timeoutMs: number;
}

/** What came back. */
export interface PageAnswer {
  readonly data: unknown;
  /** Codes and further details of errors. */
  readonly errors: readonly Readonly<Record<string, unknown>>[];
}

/** Asks the generation in service. @returns The answer, errors in it; it does not throw. */
export type AskGraph = (question: PageQuestion) => Promise<PageAnswer>;

/** @returns What asks whatever generation is in service at the time. */
export function askGraph(generation: () => Pick<Generation, 'use'>): AskGraph {
  return async ({ query, variables = {}, grants, timeoutMs }) => {
    const call = {
      grants,
      // What the pages need is used, too: a change that breaks them breaks somebody.
      client: 'hub-pages',
      deadlineMs: performance.now() + timeoutMs,
      signal: AbortSignal.timeout(timeoutMs),
      notes: { incomplete: false, admitted: false, remarks: [] },
    };
    const { body } = await generation().use((face) =>
      face.executeOperation({ query, variables: { ...variables } }, { contextValue: { call } }),
    );
    if (body.kind !== 'single') return { data: undefined, errors: [] };
    const { data, errors = [] } = body.singleResult;
    return { data, errors: errors.map(({ extensions = {} }) => extensions) };
  };
}
