/**
 * One record by id, for `…(id:)` and for federation's `_entities`.
 * @see design/graph.md «Shape»
 */
import { type Dataset, HubError, decodeRecordId } from '@hub/schema';
import type DataLoader from 'dataloader';

import type { TypedRow } from './context.ts';

/**
 * @param id - What the client sent, of any type.
 * @returns The record; undefined when there is none, it may not be read yet, or another system holds it.
 * @throws HubError ID_INVALID when it is not the id of a record of this type.
 */
export async function recordById(
  dataset: Dataset,
  id: unknown,
  byId: DataLoader<string, TypedRow | undefined>,
): Promise<TypedRow | undefined> {
  if (typeof id === 'string' && decodeRecordId(id)?.type === dataset.type) return byId.load(id);
  throw new HubError('ID_INVALID', { zh: 'id 无效：不是这一类记录的标识。', en: 'The id is not one of a record of this type.' });
}
