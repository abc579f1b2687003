/**
 * Entity requests of one fetch, sorted by the system that can answer each: asked once however often they occur, and put
 * back where they were asked. Those of a shared register may come by another key than the id: they are its holder's.
 * @see design/partitioning.md «Operators»
 */
import { decodeRecordId } from '@hub/schema';

/** A representation as the planner makes it. */
export type Representation = Readonly<Record<string, unknown>> & { readonly __typename: string };

/** One distinct representation and where its answer goes. */
export interface Wanted {
  readonly representation: Representation;
  /** Undefined: by another key. */
  readonly id: string | undefined;
  /** Indexes in the planner's list, ascending. */
  readonly indexes: readonly number[];
}

export interface Buckets {
  /** By code; under undefined what is the holder's, whoever that is. */
  readonly bySystem: ReadonlyMap<string | undefined, readonly Wanted[]>;
  /** Indexes whose id is none of this hub's, or of another type. */
  readonly invalid: readonly number[];
}

/**
 * @param sole - Whether one system holds them all, so that no id is needed.
 * @returns Distinct representations by system, both in the order in which they first occur.
 */
export function bucketEntities(representations: readonly unknown[], sole: boolean): Buckets {
  const distinct = new Map<string, { wanted: Wanted; indexes: number[]; system: string | undefined }>();
  const invalid: number[] = [];
  for (const [index, representation] of representations.entries()) {
    const known = isRepresentation(representation) ? representation : undefined;
    const id = typeof known?.['id'] === 'string' ? known['id'] : undefined;
    const decoded = id === undefined ? undefined : decodeRecordId(id);
    const isHolders = sole && known !== undefined && !('id' in known);
    if (known === undefined || (!isHolders && decoded?.type !== known.__typename)) {
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
    distinct.set(same, { wanted: { representation: known, id, indexes }, indexes, system: decoded?.system });
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
