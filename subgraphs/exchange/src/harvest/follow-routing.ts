/**
 * Follows the registry's signed routing table: which systems there are, and where. While the registry is away the systems known
 * are followed on; a table from before the one in force is not believed.
 * @see schema/PROTOCOL.md 12; gateway/src/route/follow-registry.ts, which keeps a copy beside
 */
import { type PublicJwk, readSignedRouting, signatureHeader, type SignedRouting, type Signer } from '@hub/kit/process';
import { Agent, request } from 'undici';

import type { SourceRow } from './source-parts.ts';

/** How it is followed. */
export interface RoutingFollowed {
  /** The registry's, `http://127.0.0.1:5000`. */
  readonly origin: string;
  /** What its tables are verified by. */
  readonly publicKeys: readonly PublicJwk[];
  /** Signs as `exchange`; the registry has its key with the role of a gateway, who may read the table. */
  readonly signer: Signer;
  /** Told of the systems to be followed, whenever they are others. */
  readonly follow: (rows: readonly SourceRow[]) => void;
  readonly signal: AbortSignal;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Told once when the registry cannot be asked or believed, until it can. */
  readonly onFault: (cause: unknown) => void;
}

/** Longer than the registry keeps anybody waiting. */
const deadlineMs = 30_000;
const retry = { firstMs: 100, maxMs: 3_000 } as const;
/** How far the registry's clock may go back. */
const clockSlackMs = 60_000;
const maxBytes = 16 * 1024 * 1024;

/** @returns When the signal is aborted. */
export async function followRouting({ origin, publicKeys, signer, follow, signal, pause, onFault }: RoutingFollowed): Promise<void> {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, maxResponseSize: maxBytes });
  let held: SignedRouting | undefined;
  let failures = 0;
  const ask = async (): Promise<void> => {
    const { statusCode, body } = await request(`${origin}/routing?after=${held?.position ?? -1}`, {
      dispatcher: agent,
      headers: { [signatureHeader]: signer.sign('registry', '') },
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`the registry answers HTTP ${statusCode}`);
    const table = readSignedRouting(text, publicKeys);
    if (held !== undefined && table.position < held.position && table.atMs < held.atMs - clockSlackMs) {
      throw new Error(`the routing table is older than the one in force (${table.position} after ${held.position})`);
    }
    if (table.position !== held?.position) follow(sourcesIn(table));
    held = table;
  };
  try {
    while (!signal.aborted) {
      try {
        await ask();
        failures = 0;
      } catch (cause) {
        if (signal.aborted) break;
        if (failures === 0) onFault(cause);
        await pause(Math.min(retry.firstMs * 2 ** failures, retry.maxMs), signal);
        failures = Math.min(failures + 1, 10);
      }
    }
  } finally {
    await agent.destroy();
  }
}

/** @returns The systems that are published; what was taken of others stays. */
function sourcesIn({ systems }: Pick<SignedRouting, 'systems'>): readonly SourceRow[] {
  return systems.filter(({ state }) => state === 'published').map(({ code, url }) => ({ code, url }));
}
