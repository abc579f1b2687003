/**
 * A breaking change breaks something only when somebody uses what it touches: what gateways recorded decides.
 * @see README «Changes of contracts»
 */
import type { EntityManager } from '@mikro-orm/postgresql';

import { type CoordinateUse, usedCoordinates } from '../usage/used-coordinates.ts';
import type { FoundChange } from './change.ts';
import type { ChangeUsage, JudgedChange } from './release-entity.ts';

const named = { clients: 20, examples: 3 } as const;

/** @returns The changes with their use; those that break what somebody uses, or lose a system, take a second person. */
export async function judgeByUse(em: EntityManager, changes: readonly FoundChange[], since: Date): Promise<readonly JudgedChange[]> {
  const coordinates = [...new Set(changes.flatMap((change) => change.coordinates))];
  const used = await usedCoordinates(em, coordinates, { since });
  return changes.map(({ coordinates: own, ...change }) => {
    const usage = together(own.flatMap((coordinate) => used.get(coordinate) ?? []));
    return { ...change, usage, blocks: change.severity === 'BREAKING' && (usage !== null || change.system !== null) };
  });
}

/** One operation may use several of them, so numbers are not added up: they are those of the most used. */
function together(uses: readonly CoordinateUse[]): ChangeUsage | null {
  const [most] = uses.toSorted((a, b) => b.requests - a.requests);
  if (most === undefined) return null;
  return {
    operations: Math.max(...uses.map(({ operations }) => operations)),
    clients: [...new Set(uses.flatMap(({ clients }) => clients))].slice(0, named.clients),
    requests: most.requests,
    lastDay: uses.reduce((last, { lastDay }) => (lastDay > last ? lastDay : last), ''),
    examples: [...new Set(uses.flatMap(({ examples }) => examples))].slice(0, named.examples),
  };
}
