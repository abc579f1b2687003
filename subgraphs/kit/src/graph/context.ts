/**
 * What a resolver knows of the request: whose records, where they are, and the loaders that turn many look-ups into one
 * statement.
 * @see design/graph.md
 */
import { type CodeLists, HubError, type SystemRow } from '@hub/schema';
import DataLoader from 'dataloader';
import type { Kysely } from 'kysely';

import { type Column, columnsOf } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import { findByColumn, findByIds } from '../read/find.ts';
import type { RecordRow } from '../read/rows.ts';

/** One system, ready to be read. */
export interface SystemStore {
  readonly store: Store;
  readonly system: SystemRow;
  readonly codes: CodeLists;
}

/** A row that knows its type, as resolvers pass it on. */
export interface TypedRow extends RecordRow {
  readonly __typename: string;
}

/** One request's context. */
export interface SystemContext extends SystemStore {
  /**
   * Reads on a connection of the readers' own.
   * @throws HubError DEADLINE_EXCEEDED when nobody waits for the answer any more: then no statement is sent.
   */
  readonly read: <T>(work: (db: Kysely<unknown>) => Promise<T>) => Promise<T>;
  /** Records by id, of any dataset. */
  readonly byId: DataLoader<string, TypedRow | undefined>;
  /** Records of a type whose field has one of the values. */
  related(type: string, field: string): DataLoader<string, readonly TypedRow[]>;
}

const most = 1_000;

/** What one request brings. */
export interface RequestOptions {
  readonly typeOfId: (id: string) => string | undefined;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

type Read = SystemContext['read'];
type ReadableStore = SystemStore & { readonly read: Read };

/** @returns The context of one request; its loaders live as long as the request. */
export function systemContext(target: SystemStore, { typeOfId, signal }: RequestOptions): SystemContext {
  const relations = new Map<string, DataLoader<string, readonly TypedRow[]>>();
  // Asked once a connection is there: those who wait for one are the first to be given up.
  const read: Read = (work) =>
    target.store.reading.connection().execute(async (db) => {
      if (signal.aborted) throw nobodyWaits();
      return work(db);
    });
  const source = { ...target, read };
  return {
    ...source,
    byId: new DataLoader((ids: readonly string[]) => loadByIds(source, typeOfId, ids), { maxBatchSize: most }),
    related(type, field) {
      const name = `${type}.${field}`;
      const known = relations.get(name);
      if (known !== undefined) return known;
      const loader = new DataLoader((values: readonly string[]) => loadRelated(source, { type, field, values }), { maxBatchSize: most });
      relations.set(name, loader);
      return loader;
    },
  };
}

function nobodyWaits(): HubError {
  return new HubError('DEADLINE_EXCEEDED', {
    zh: '提问方已断开，不再继续查询。',
    en: 'The caller is gone; nothing more is read.',
  });
}

async function loadByIds(
  { store, system, read }: ReadableStore,
  typeOfId: (id: string) => string | undefined,
  ids: readonly string[],
): Promise<(TypedRow | undefined)[]> {
  const found = new Map<string, TypedRow>();
  for (const [type, group] of Map.groupBy(ids, typeOfId)) {
    const dataset = type === undefined ? undefined : store.byType.get(type)?.dataset;
    if (dataset === undefined) continue;
    const rows = await read((db) => findByIds(db, dataset, { system: system.code, ids: group }));
    for (const row of rows) found.set(row.id, { __typename: dataset.type, ...row });
  }
  return ids.map((id) => found.get(id));
}

async function loadRelated(
  { store, system, read }: ReadableStore,
  { type, field, values }: { readonly type: string; readonly field: string; readonly values: readonly string[] },
): Promise<(readonly TypedRow[])[]> {
  const dataset = store.byType.get(type)?.dataset;
  const column: Column | undefined = dataset?.fields.filter((candidate) => candidate.name === field).flatMap(columnsOf)[0];
  if (dataset === undefined || column === undefined) return values.map(() => []);
  const rows = await read((db) => findByColumn(db, dataset, { system: system.code, column, values }));
  const lists = new Map<string, TypedRow[]>(values.map((value) => [value, []]));
  for (const { related, ...row } of rows) {
    const typed = { __typename: dataset.type, ...row };
    for (const value of typeof related === 'string' ? [related] : related) lists.get(value)?.push(typed);
  }
  return values.map((value) => lists.get(value) ?? []);
}
