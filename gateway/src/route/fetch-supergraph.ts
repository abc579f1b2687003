/**
 * Asks the registry for a supergraph by its digest.
 * @see schema/PROTOCOL.md 12
 */
import { dirname } from 'node:path';

import { signatureHeader, type Signer } from '@hub/kit/process';
import { request } from 'undici';

import type { GatewayEvent } from '../events.ts';
import type { RegistryLink } from './follow-registry.ts';
import { SupergraphFollower } from './follow-supergraph.ts';

const deadlineMs = 10_000;
const maxBytes = 64 * 1024 * 1024;

/** How it is asked. */
export interface AskOptions {
  readonly link: RegistryLink | undefined;
  readonly signer: Signer | undefined;
  readonly report: (event: GatewayEvent) => void;
}

/** @returns What follows the release in force; copies lie beside that of the routing table. */
export function followSupergraph({ link, signer, report }: AskOptions): SupergraphFollower {
  const folder = link?.copyFile === undefined ? undefined : dirname(link.copyFile);
  const fetch = async (sha256: string, over: AbortSignal): Promise<string> => {
    if (link === undefined || signer === undefined) throw new Error('there is no registry');
    const { statusCode, body } = await request(`${link.origin}/supergraph/${sha256}`, {
      headers: { [signatureHeader]: signer.sign('registry', '') },
      signal: AbortSignal.any([over, AbortSignal.timeout(deadlineMs)]),
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`the supergraph cannot be had: HTTP ${statusCode}`);
    }
    const text = await body.text();
    if (text.length > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    return text;
  };
  return new SupergraphFollower({ folder, fetch, report });
}
