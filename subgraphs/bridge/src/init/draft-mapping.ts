/**
 * The mapping that goes with the views: every column under its wire code, with the transform its type asks for. Pure.
 * @see subgraphs/bridge/README.md «映射 · Mapping»
 */
import { readNotation } from '@hub/schema';

import type { DraftColumn, DraftEntry } from './draft-entry.ts';
import type { DatabaseKind } from './found-table.ts';

/** What a mapping is made for. */
export interface DraftSource {
  readonly system: string;
  readonly kind: DatabaseKind;
  /** Name of the environment variable with the address. */
  readonly variable: string;
}

/** Column of a view with the row's key, and with the time of its last change. */
export const keyColumn = 'data_key';
export const changedColumn = 'changed_at';

/** @returns The document `bridge.json`. */
export function draftMapping(entries: readonly DraftEntry[], { system, kind, variable }: DraftSource): object {
  return {
    version: 1,
    bridge: system,
    system,
    source: { kind, urlFrom: variable },
    datasets: entries.map(({ dataset, title, view, changed, columns }) => ({
      dataset: dataset.code,
      from: view,
      key: [keyColumn],
      ...(changed === undefined ? {} : { since: { column: changedColumn } }),
      fields: {
        ...(changed === undefined ? {} : { DATA_TIMESTAMP: { from: changedColumn, as: 'time' } }),
        ...Object.fromEntries(columns.map((column) => [column.wire.code, ruleOf(column)])),
      },
      note: title,
    })),
  };
}

function ruleOf({ name, wire }: DraftColumn): string | object {
  const type = readNotation(wire.type);
  if (wire.multi || type === undefined || type.kind === 'text') return name;
  if (type.kind === 'number') return { from: name, as: 'number' };
  return { from: name, as: type.digits === 8 ? 'date' : 'time' };
}
