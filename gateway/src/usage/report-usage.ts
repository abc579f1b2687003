/**
 * Tells the registry which operations were answered. A batch that was not confirmed is sent again as it was, under its number,
 * and the registry keeps it once; meanwhile counting goes on in its bounds. What is left is sent when the gateway ends.
 * @see schema/PROTOCOL.md 12
 */
import { randomBytes } from 'node:crypto';

import { signatureHeader, type Signer } from '@hub/kit/process';
import { Agent, request } from 'undici';

import type { GatewayEvent } from '../events.ts';
import type { RegistryLink } from '../route/follow-registry.ts';
import type { Usage, UsageCount } from './usage.ts';

/** How it is told. */
export interface UsageReporting {
  readonly link: RegistryLink;
  readonly signer: Signer;
  readonly usage: Usage;
  readonly report: (event: GatewayEvent) => void;
}

interface Batch {
  readonly body: string;
  readonly requests: number;
}

const mutation = `mutation ($run: String!, $batch: Int!, $operations: [OperationUse!]!) {
  reportUsage(run: $run, batch: $batch, operations: $operations)
}`;
const deadlineMs = 10_000;
/** A gateway that ends waits no longer. */
const lastDeadlineMs = 2000;
/** Below what the registry takes at once. */
const mostCounts = 500;
const mostCharacters = 2 * 1024 * 1024;

/** Reports from now on; disposing of it sends the rest. */
export function reportUsage({ link, signer, usage, report }: UsageReporting): AsyncDisposable {
  const agent = new Agent();
  const over = new AbortController();
  const run = randomBytes(16).toString('base64url');
  let number = 0;
  let waiting: Batch | undefined;
  /** The last batch that was answered with a refusal: told once. */
  let refused: string | undefined;
  const send = async ({ body }: Batch, signal: AbortSignal): Promise<void> => {
    const headers = { 'content-type': 'application/json', [signatureHeader]: signer.sign('registry', body) };
    const answer = await request(`${link.origin}/control`, { dispatcher: agent, method: 'POST', headers, body, signal });
    const text = await answer.body.text();
    if (answer.statusCode === 200 && text.startsWith('{"data":{"reportUsage":true}')) return;
    const why = `HTTP ${answer.statusCode} ${text.slice(0, 200)}`;
    // Of one that is away, whoever follows it tells.
    if (refused !== body) report({ kind: 'usage-refused', why });
    refused = body;
    throw new Error(why);
  };
  const tellAll = async (signal: AbortSignal): Promise<void> => {
    for (;;) {
      if (waiting === undefined) {
        const counts = takeBatch(usage);
        if (counts.length === 0) return;
        number += 1;
        waiting = batchOf(counts, { run, batch: number });
      }
      await send(waiting, signal);
      waiting = undefined;
    }
  };
  let telling: Promise<void> | undefined;
  const timer = setInterval(() => {
    // Whether the registry is there is told by whoever follows it; what was not confirmed waits for the next time.
    telling ??= tellAll(AbortSignal.any([over.signal, AbortSignal.timeout(deadlineMs)]))
      .catch(() => {})
      .finally(() => (telling = undefined));
  }, link.reportMs ?? 15_000);
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      over.abort();
      await telling;
      await tellAll(AbortSignal.timeout(lastDeadlineMs)).catch((cause: unknown) => {
        const left = (waiting?.requests ?? 0) + requestsOf(usage.take(() => true));
        report({ kind: 'usage-lost', requests: left, why: cause instanceof Error ? cause.message : String(cause) });
      });
      await agent.destroy();
    },
  };
}

function takeBatch(usage: Usage): readonly UsageCount[] {
  let [counts, characters] = [0, 0];
  return usage.take(({ operation, given }) => {
    characters += operation.text.length + [...operation.fields, ...given].reduce((sum, { length }) => sum + length, 0);
    counts += 1;
    return counts === 1 || (counts <= mostCounts && characters <= mostCharacters);
  });
}

function batchOf(counts: readonly UsageCount[], numbered: { readonly run: string; readonly batch: number }): Batch {
  const operations = [...Map.groupBy(counts, ({ operation }) => operation.key).values()].map((same) => ({
    text: same[0]?.operation.text,
    fields: same[0]?.operation.fields,
    given: [...new Set(same.flatMap(({ given }) => [...given]))],
    counts: same.map(({ hourMs, client, requests, errors }) => ({ hour: new Date(hourMs).toISOString(), client, requests, errors })),
  }));
  return { body: JSON.stringify({ query: mutation, variables: { ...numbered, operations } }), requests: requestsOf(counts) };
}

function requestsOf(counts: readonly UsageCount[]): number {
  return counts.reduce((sum, { requests }) => sum + requests, 0);
}
