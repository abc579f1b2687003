/**
 * Follows the registry: waits at it for the next routing table, puts it in force and keeps a copy. When the registry is away the
 * table in force stays; a gateway that starts then serves by its copy. The gateway needs no database: the registry listens.
 * @see README «Decisions»; design/architecture.md «Past one machine»
 */
import { setTimeout as delay } from 'node:timers/promises';

import { type PublicJwk, readSignedRouting, signatureHeader, type SignedRouting, type Signer } from '@hub/kit/process';
import { Agent, request } from 'undici';

import type { GatewayEvent } from '../events.ts';
import type { ReleaseInForce } from './follow-supergraph.ts';
import { reportHealth, type Watched } from './report-health.ts';
import { loadCopy, saveCopy } from './routing-copy.ts';
import type { SystemRow } from './table.ts';

/** The registry a gateway follows. */
export interface RegistryLink {
  /** `http://127.0.0.1:5000`, without a path. */
  readonly origin: string;
  /** What its routing tables are verified by. */
  readonly publicKeys: readonly PublicJwk[];
  /** File of the signed copy; absent: none is kept. */
  readonly copyFile?: string | undefined;
  /** Time between two reports of what the gateway sees of systems, ms; default 15000. */
  readonly reportMs?: number;
}

/** How it is followed. */
export interface FollowOptions {
  readonly link: RegistryLink;
  readonly signer: Signer;
  /** Puts a table in force. @throws when it cannot be, and the old one stays. */
  readonly adopt: (rows: readonly SystemRow[]) => void;
  /** Told of the release of contracts in force. */
  readonly want: (release: ReleaseInForce) => void;
  readonly report: (event: GatewayEvent) => void;
  /** The systems that are published now. */
  readonly systems: () => readonly Watched[];
}

/** How far the gateway is with the registry. */
export interface FollowStatus {
  /** Whether the last question was answered. */
  readonly reached: boolean;
  /** Of the table in force; undefined: there is none. */
  readonly position: number | undefined;
  /** When the table in force was last known to be that of the registry; ISO 8601. */
  readonly asOf: string | undefined;
  /** Supergraph of the registry, SHA-256 in hex. */
  readonly supergraph: string | undefined;
}

/** A gateway that follows. */
export interface Follower extends AsyncDisposable {
  readonly status: FollowStatus;
}

/** Longer than the registry keeps anybody waiting. */
const waitDeadlineMs = 30_000;
/** A start waits no longer for a registry that is away. */
const firstDeadlineMs = 3000;
const retry = { firstMs: 100, maxMs: 3000 } as const;
/** How far the registry's clock may go back. */
const clockSlackMs = 60_000;
const maxBytes = 16 * 1024 * 1024;

/** Asks once, or takes the copy, so that a table is in force when this resolves if there is one at all; then follows. */
export async function followRegistry({ link, signer, adopt, want, report, systems }: FollowOptions): Promise<Follower> {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const over = new AbortController();
  let held: SignedRouting | undefined;
  let reached = true;

  const take = async (routing: SignedRouting): Promise<void> => {
    const known = held;
    // A table from before the one in force would bring back what was withdrawn.
    if (known !== undefined && routing.position < known.position && routing.atMs < known.atMs - clockSlackMs) {
      throw new Error(`the table is older than the one in force (${routing.position} after ${known.position})`);
    }
    if (routing.position !== known?.position) adopt(routing.systems);
    held = routing;
    want(routing);
    if (routing.position === known?.position || link.copyFile === undefined) return;
    // Without a copy it goes on; it only could not start without the registry.
    await saveCopy(link.copyFile, routing).catch((cause: unknown) => report({ kind: 'fault', cause }));
  };
  const ask = async (deadlineMs: number): Promise<void> => {
    const { statusCode, body } = await request(`${link.origin}/routing?after=${held?.position ?? -1}`, {
      dispatcher: agent,
      headers: { [signatureHeader]: signer.sign('registry', '') },
      signal: AbortSignal.any([over.signal, AbortSignal.timeout(deadlineMs)]),
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`HTTP ${statusCode}`);
    }
    const text = await body.text();
    if (text.length > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    await take(readSignedRouting(text, link.publicKeys));
  };
  const tryOnce = async (deadlineMs: number): Promise<boolean> => {
    try {
      await ask(deadlineMs);
      if (!reached) report({ kind: 'registry-reached' });
      reached = true;
    } catch (cause) {
      if (over.signal.aborted) return false;
      if (reached) report({ kind: 'registry-unreachable', why: cause instanceof Error ? cause.message : String(cause) });
      reached = false;
    }
    return reached;
  };
  const follow = async (): Promise<void> => {
    let waitMs: number = retry.firstMs;
    while (!over.signal.aborted) {
      if (await tryOnce(waitDeadlineMs)) {
        waitMs = retry.firstMs;
        continue;
      }
      await delay(waitMs, undefined, { signal: over.signal }).catch(() => {});
      waitMs = Math.min(waitMs * 2, retry.maxMs);
    }
  };

  if (!(await tryOnce(firstDeadlineMs)) && link.copyFile !== undefined) {
    try {
      const copy = await loadCopy(link.copyFile, link.publicKeys);
      if (copy !== undefined) {
        adopt(copy.systems);
        held = copy;
        want(copy);
      }
    } catch (cause) {
      report({ kind: 'routing-copy-refused', why: cause instanceof Error ? cause.message : String(cause) });
    }
  }
  const following = follow();
  const endReports = reportHealth({ origin: link.origin, signer, dispatcher: agent, systems, everyMs: link.reportMs ?? 15_000 });
  return {
    get status() {
      const asOf = held === undefined ? undefined : new Date(held.atMs).toISOString();
      return { reached, position: held?.position, asOf, supergraph: held?.supergraph };
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      await Promise.all([following, endReports()]);
      await agent.destroy();
    },
  };
}
