/**
 * What a load balancer asks: is the process alive, and can it answer.
 */
import type { Generation } from '../plan/generation.ts';
import type { Systems } from '../fetch/systems.ts';
import type { FollowStatus } from '../route/follow-registry.ts';
import type { ReleaseStatus } from '../route/follow-supergraph.ts';
import { type HttpAnswer, json } from './http.ts';

/** The process runs. */
export function live(): HttpAnswer {
  return json(200, { status: 'live' });
}

/** How far the gateway is with the registry. */
export interface Following {
  readonly registry: FollowStatus | undefined;
  readonly contracts: ReleaseStatus | undefined;
}

/**
 * A supergraph is in service and, where it needs trading systems, at least one of them is not known to be down. Whether the
 * registry is reached, and whether its release of contracts is served, is told, and no reason not to serve.
 */
export function ready({ version, subgraphs, partitioned }: Generation, systems: Systems, { registry, contracts }: Following): HttpAnswer {
  const published = systems.rows.filter(({ state }) => state === 'published').map(({ code }) => code);
  const away = published.filter((code) => systems.get(code)?.health.isUp === false);
  const answers = !partitioned || away.length < published.length;
  return json(answers ? 200 : 503, {
    status: answers ? 'ready' : 'unavailable',
    supergraph: version,
    subgraphs,
    systems: { published: published.length, away },
    ...(registry === undefined ? {} : { registry }),
    ...(contracts === undefined ? {} : { contracts }),
  });
}
