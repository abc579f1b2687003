/**
 * Where a bridge's records come from, as each of them tells it.
 */
import type { RecordSource } from '@hub/kit';

import type { Source } from '../mapping/mapping.ts';
import type { Row } from '../read/reader.ts';

/** @returns The system itself; or the portal that published the record, with its address there. */
export function recordSource(source: Source, row: Row): RecordSource {
  if (source.kind !== 'portal' || source.published === undefined) return { kind: 'SYSTEM' };
  const { name, link } = source.published;
  return { kind: 'PUBLISHED', name, url: (link === undefined ? undefined : row[link]) ?? undefined };
}
