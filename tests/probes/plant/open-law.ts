/**
 * A gateway that lets everybody read everything: the same hub, by a law in which nothing is hidden. What must never happen
 * happens here, so that a test sees that it would have seen it.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Gateway, startGateway } from '@hub/gateway';
import { createLog } from '@hub/kit/process';

import { supergraphFile } from '../../support/federation.ts';
import { gatewayKey } from '../../support/gateway-key.ts';
import type { World } from './world.ts';

/** Starts it before the world's own systems; `await using` ends it. */
export async function startOpenGateway({ federation }: World): Promise<Gateway> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-open-law-'));
  try {
    const sdl = await readFile(supergraphFile, 'utf8');
    const supergraph = join(folder, 'supergraph.graphql');
    await writeFile(supergraph, sdl.replaceAll(/@visibility\(to: (?:GOVERNMENT|RESTRICTED)\)/g, '@visibility(to: PUBLIC)'));
    return await startGateway({
      supergraph,
      port: 0,
      log: createLog('gateway', 'silent'),
      systems: federation.routes,
      endpoints: { registry: federation.registryUrl },
      key: gatewayKey,
      reach: { loopback: true },
      pollMs: 3_600_000,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}
