/**
 * Entity requests of one fetch, sorted by the system that can answer each: asked once however often they occur, and put
 * back where they were asked.
 * @see design/partitioning.md «Operators»
 */
import { decodeRecordId } from '@hub/schema';

/** A representation as the planner makes it. */
export type Representation = Readonly<Record<string, unknown>> & { readonly __typename: string };

/** One distinct representation and where its answer goes. */
export interface Wanted {
  readonly representation: Representation;
  readonly id: string;
  /** Indexes in the planner's list, ascending. */
  readonly indexes: readonly number[];
}

export interface Buckets {
  readonly bySystem: ReadonlyMap<string, readonly Wanted[]>;
  /** Indexes whose id is none of this hub's, or of another type. */
  readonly invalid: readonly number[];
}

/** @returns Distinct representations by system, both in the order in which they first occur. */
export function bucketEntities(representations: readonly unknown[]): Buckets {
  const distinct = new Map<string, { wanted: Wanted; indexes: number[]; system: string }>();
  const invalid: number[] = [];
  for (const [index, representation] of representations.entries()) {
    const known = isRepresentation(representation) ? representation : undefined;
    const id = typeof known?.['id'] === 'string' ? known['id'] : undefined;
    const decoded = id === undefined ? undefined : decodeRecordId(id);
    if (known === undefined || id === undefined || decoded === undefined || decoded.type !== known.__typename) {
      invalid.push(index);
      continue;
    }
    const same = JSON.stringify(representation);
    const seen = distinct.get(same);
    if (seen !== undefined) {
      seen.indexes.push(index);
      continue;
    }
    const indexes = [index];
    distinct.set(same, { wanted: { representation: known, id, indexes }, indexes, system: decoded.system });
  }
  const bySystem = Map.groupBy(distinct.values(), ({ system }) => system);
  return {
    bySystem: new Map([...bySystem].map(([system, list]) => [system, list.map(({ wanted }) => wanted)])),
    invalid,
  };
}

function isRepresentation(value: unknown): value is Representation {
  return typeof value === 'object' && value !== null && '__typename' in value && typeof value.__typename === 'string';
}
