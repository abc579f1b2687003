/**
 * Tells the registry now and then which systems answer this gateway: of those it asked, what it saw, and nothing of the others.
 * @see schema/contracts/registry.graphql «SystemHealth»
 */
import { signatureHeader, type Signer } from '@hub/kit/process';
import { type Dispatcher, request } from 'undici';

import type { Health } from './health.ts';

/** A system and what is known of it. */
export interface Watched {
  readonly code: string;
  readonly health: Health;
}

/** How it is told. */
export interface ReportOptions {
  /** Of the registry. */
  readonly origin: string;
  readonly signer: Signer;
  readonly dispatcher: Dispatcher;
  /** The systems that are published now. */
  readonly systems: () => readonly Watched[];
  /** Time between two reports, ms. */
  readonly everyMs: number;
}

const mutation = 'mutation ($reports: [HealthReport!]!) { reportHealth(reports: $reports) }';
const deadlineMs = 5000;

/** Reports from now on. @returns What ends it. */
export function reportHealth({ origin, signer, dispatcher, systems, everyMs }: ReportOptions): () => Promise<void> {
  const over = new AbortController();
  let telling: Promise<void> = Promise.resolve();
  const tell = async (): Promise<void> => {
    const reports = systems().flatMap(({ code, health }) => reportOf(code, health) ?? []);
    if (reports.length === 0) return;
    const body = JSON.stringify({ query: mutation, variables: { reports } });
    const headers = { 'content-type': 'application/json', [signatureHeader]: signer.sign('registry', body) };
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(deadlineMs)]);
    const answer = await request(`${origin}/control`, { dispatcher, method: 'POST', headers, body, signal });
    await answer.body.dump();
  };
  const timer = setInterval(() => {
    // Whether the registry is there is told by whoever follows it; the next report says it all again.
    telling = tell().catch(() => {});
  }, everyMs);
  return async () => {
    clearInterval(timer);
    over.abort();
    await telling;
  };
}

function reportOf(system: string, { isUp, outage, contactMs }: Health): object | undefined {
  if (isUp && contactMs === undefined) return undefined;
  const lastContactAt = contactMs === undefined ? null : new Date(contactMs).toISOString();
  return { system, ok: isUp, reason: outage ?? null, lastContactAt };
}
