/**
 * Entity requests of one fetch, sorted by the system that can answer each: asked once however often they occur, and put
 * back where they were asked. Those of a shared register may come by another key than the id: they are its holder's.
 * @see design/partitioning.md «Operators»
 */
import { decodeRecordId } from '@hub/schema';

import type { RepresentationList } from '../fetch/source.ts';

/** One distinct representation and where its answer goes. */
export interface Wanted {
  /** JSON of the representation. */
  readonly text: string;
  readonly typename: string;
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
export function bucketEntities({ texts, keyOf }: Pick<RepresentationList, 'texts' | 'keyOf'>, sole: boolean): Buckets {
  const distinct = new Map<string, number[]>();
  const bySystem = new Map<string | undefined, Wanted[]>();
  const invalid: number[] = [];
  for (const [index, text] of texts.entries()) {
    const seen = distinct.get(text);
    if (seen !== undefined) {
      seen.push(index);
      continue;
    }
    const { typename, id } = keyOf(index);
    const decoded = typeof id === 'string' ? decodeRecordId(id) : undefined;
    const isHolders = sole && id === undefined;
    if (typename === undefined || (!isHolders && decoded?.type !== typename)) {
      invalid.push(index);
      continue;
    }
    const indexes = [index];
    distinct.set(text, indexes);
    const wanted = { text, typename, id: typeof id === 'string' ? id : undefined, indexes };
    const others = bySystem.get(decoded?.system);
    if (others === undefined) bySystem.set(decoded?.system, [wanted]);
    else others.push(wanted);
  }
  return { bySystem, invalid };
}
