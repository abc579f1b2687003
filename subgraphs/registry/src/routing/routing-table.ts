/**
 * What gateways route by, as of one moment, signed by the registry: the text they are sent is the text they keep.
 * @see schema/PROTOCOL.md 10; design/architecture.md «Past one machine»
 */
import { sign } from 'node:crypto';

import type { Clock, SigningKey } from '@hub/kit/process';

import { releaseInForce } from '../contracts/release-book.ts';
import { historyEntity, systemEntity } from '../store/entities.ts';
import type { RegistryStore } from '../store/open-store.ts';

/** One system as gateways route to it. */
export interface RoutedSystem {
  readonly code: string;
  readonly name: string;
  readonly url: string;
  readonly state: 'published' | 'withdrawn';
  readonly contracts: readonly string[];
}

/** The whole table. */
export interface RoutingTable {
  /** Of the last change of routing in the history; 0: none yet. */
  readonly position: number;
  /** Number of the release of contracts in force; 0: none yet. */
  readonly release: number;
  /** SHA-256, hex, of its supergraph. */
  readonly supergraph: string;
  readonly systems: readonly RoutedSystem[];
}

/** Where a system would be that never said where it is. */
const nowhere = 'http://127.0.0.1:0/graphql';

/** @returns The table as it is kept: whoever was never published is not in it. */
export function readRouting(store: RegistryStore): Promise<RoutingTable> {
  return store.read(async (em) => {
    const [last] = await em.find(historyEntity, { routing: true }, { orderBy: { position: 'desc' }, limit: 1 });
    const rows = await em.find(systemEntity, { state: { $ne: 'DRAFT' } }, { orderBy: { code: 'asc' } });
    const systems = rows.map(({ code, name, endpoint, state, contracts }): RoutedSystem => ({
      code,
      name,
      url: endpoint ?? nowhere,
      // Known and nowhere: not asked, and missing in every answer.
      state: state === 'PUBLISHED' && endpoint !== null ? 'published' : 'withdrawn',
      contracts,
    }));
    const release = await releaseInForce(em);
    return { position: last?.position ?? 0, release: release?.number ?? 0, supergraph: release?.supergraph ?? '', systems };
  });
}

/** Signs tables. */
export interface RoutingSigner {
  readonly key: SigningKey;
  readonly clock: Clock;
}

/** @returns A compact JWS (RFC 7515), type `hub-routing`. */
export function signRouting(table: RoutingTable, { key, clock }: RoutingSigner): string {
  const head = encoded({ alg: 'EdDSA', kid: key.kid, typ: 'hub-routing' });
  const text = `${head}.${encoded({ iss: 'registry', at: clock.nowMs(), ...table })}`;
  return `${text}.${sign(null, Buffer.from(text), key.privateKey).toString('base64url')}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
