/**
 * The control interface as a schema with its resolvers. Instants are canonical, in UTC.
 * @see control.graphql
 */
import { readFileSync } from 'node:fs';

import { HubError, type ProofNode, quoted } from '@hub/schema';
import { buildSchema, type GraphQLSchema } from 'graphql';

import { type AskedPage, askedPage } from '../feed/asked-page.ts';
import { readFeedState } from '../feed/feed-state.ts';
import { noteServed, rangesOf } from '../feed/note-served.ts';
import { toldViolations } from '../graph/told-entry.ts';
import { type ConfirmedEntries, confirmEntries, readConfirmation } from '../nation/confirm-entries.ts';
import { openNodes } from '../proof/open-nodes.ts';
import { receiptPage } from '../receipts/receipt-page.ts';
import { type RefusedRequest, refusedRecords } from '../receipts/refused-records.ts';
import { sourceView } from '../receipts/source-view.ts';
import { readSources } from '../store/source-state.ts';
import type { ControlContext } from './context.ts';
import { assertNation, systemAsked } from './signers.ts';
import { hostSystem, submission, submitRecords } from './submissions.ts';

interface OfSystem {
  readonly system?: string | null;
}

/** Root fields by name: graphql-js calls them with the arguments and the context. */
export const rootValue = {
  whoami: (_: unknown, { actor }: ControlContext) => actor,

  submission,
  submitRecords,
  hostSystem,

  sources: async (_: unknown, { actor, store }: ControlContext) => {
    const sources = await readSources(store);
    return sources.filter(({ system }) => actor.role !== 'SYSTEM' || system === actor.name).map(sourceView);
  },

  receipts: ({ system, after, first }: OfSystem & { readonly after: number; readonly first: number }, { actor, store }: ControlContext) => {
    assertWithin(first, 500);
    return receiptPage(store, { system: systemAsked(actor, system), after, first });
  },

  refusedRecords: async (request: RefusedRequest, { actor, store }: ControlContext) => {
    assertWithin(request.first, 500);
    const { nodes, cursor } = await refusedRecords(store, { ...request, system: systemAsked(actor, request.system) });
    return { nodes: nodes.map((node) => ({ ...node, violations: toldViolations(node.violations) })), cursor };
  },

  exchangeFeed: async (request: AskedPage, { actor, store, sql }: ControlContext) => {
    assertNation(actor);
    assertWithin(request.first, 1_000);
    const { entries, ...page } = await askedPage(store, request);
    // What a filter or a snapshot leaves out was not sent.
    await noteServed(sql, rangesOf(entries.map(({ position }) => position)));
    return { ...page, lines: entries.map(({ line }) => line) };
  },

  confirmation: async ({ position }: { readonly position: number }, { actor, sql }: ControlContext) => {
    if (actor.role === 'SYSTEM') assertNation(actor);
    return (await readConfirmation(sql, position)) ?? null;
  },

  confirmEntries: ({ input }: { readonly input: ConfirmedEntries }, { actor, sql }: ControlContext) => {
    assertNation(actor);
    return confirmEntries(sql, input);
  },

  openNode: async ({ stream, nodes }: { readonly stream: string; readonly nodes: readonly ProofNode[] }, context: ControlContext) => {
    const { actor, sql, leaves } = context;
    assertNation(actor);
    const { stream: known, head } = await readFeedState(sql);
    if (stream !== known)
      throw new HubError('QUERY_INVALID', { zh: `没有数据流 ${quoted(stream)}。`, en: `There is no stream ${quoted(stream)}.` });
    return openNodes(leaves, nodes, head);
  },
};

/** @returns The schema of `control.graphql`. */
export function controlSchema(): GraphQLSchema {
  return buildSchema(readFileSync(new URL('./control.graphql', import.meta.url), 'utf8'));
}

function assertWithin(first: number, most: number): void {
  if (first >= 1 && first <= most) return;
  throw new HubError('PAGE_SIZE_INVALID', { zh: `条数应为 1–${most}，现为 ${first}。`, en: `Ask for 1 to ${most}, not ${first}.` });
}
