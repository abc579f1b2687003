/**
 * A dataset beside somebody's tables: which table says most of it, and by which columns. Only names are compared, without case
 * and separators (`tenderProjectCode` is TENDER_PROJECT_CODE); what is not plainly the same is left to the engineer. Pure.
 * @see subgraphs/GUIDE.md
 */
import type { Dataset, WireField } from '@hub/schema';

import type { FoundTable } from './found-table.ts';

/** One column of a view to be. */
export interface DraftColumn {
  /** Name in the view: the wire code in lower case. */
  readonly name: string;
  readonly wire: WireField;
  /** Chinese name of the field. */
  readonly title: string;
  readonly required: boolean;
  /** Graph type of the field. */
  readonly graphType: string;
  /** Column of the table with the same name; undefined: the engineer is to say. */
  readonly from: string | undefined;
}

/** A view to be, and its entry in the mapping. */
export interface DraftEntry {
  readonly dataset: Dataset;
  /** Chinese name of the dataset. */
  readonly title: string;
  readonly view: string;
  /** What fills it; undefined: no table looks like it. */
  readonly table: FoundTable | undefined;
  /** Columns that identify a row of the table, as the sender's key. */
  readonly key: readonly string[];
  /** Column with the time of the last change. */
  readonly changed: string | undefined;
  readonly columns: readonly DraftColumn[];
}

/** So many names in common are no accident; a table that is called as the dataset needs none. */
const fewestMatches = 3;
const changeNames = new Set([
  'UPDATEDAT',
  'UPDATETIME',
  'UPDATEDTIME',
  'MODIFIEDAT',
  'MODIFYTIME',
  'MODIFIEDTIME',
  'LASTMODIFIED',
  'GMTMODIFIED',
]);

/** @returns An entry for each dataset; a table fills one at most, that which it says most of. */
export function draftEntries(datasets: readonly Dataset[], tables: readonly FoundTable[]): readonly DraftEntry[] {
  const pairs = datasets
    .flatMap((dataset) => tables.map((table) => ({ dataset, table, score: likeness(dataset, table) })))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score);
  const chosen = new Map<Dataset, FoundTable>();
  const taken = new Set<FoundTable>();
  for (const { dataset, table } of pairs) {
    if (chosen.has(dataset) || taken.has(table)) continue;
    chosen.set(dataset, table);
    taken.add(table);
  }
  return datasets.map((dataset) => draft(dataset, chosen.get(dataset)));
}

function draft(dataset: Dataset, table: FoundTable | undefined): DraftEntry {
  const columnOf = new Map(table?.columns.map(({ name }) => [plain(name), name]));
  const changed = table?.columns.find(({ name, type }) => changeNames.has(plain(name)) && /^(timestamp|datetime)/.test(type));
  return {
    dataset,
    title: nameOf(dataset.description),
    view: `hub_${dataset.code.toLowerCase()}`,
    table,
    key: table?.key ?? [],
    changed: changed?.name,
    columns: wiresOf(dataset).map((use) => ({
      ...use,
      name: use.wire.code.toLowerCase(),
      from: columnOf.get(plain(use.wire.code)),
    })),
  };
}

type WireUse = Pick<DraftColumn, 'wire' | 'title' | 'required' | 'graphType'>;

/** Fields of one wire code stand once. */
function wiresOf({ fields }: Dataset): readonly WireUse[] {
  const found = new Map<string, WireUse>();
  for (const { wire: wires, nonNull, list, description, graphType } of fields) {
    for (const [place, wire] of wires.entries()) {
      if (wire.code === '' || wire.fixed !== undefined) continue;
      const required = wire.required || (nonNull && !list && place === 0) || found.get(wire.code)?.required === true;
      found.set(wire.code, { ...(found.get(wire.code) ?? { wire, title: nameOf(description), graphType }), required });
    }
  }
  return [...found.values()];
}

function likeness(dataset: Dataset, table: FoundTable): number {
  const codes = new Set(wiresOf(dataset).map(({ wire }) => plain(wire.code)));
  const matches = table.columns.filter(({ name }) => codes.has(plain(name))).length;
  const isNamed = [dataset.code, dataset.type, `${dataset.type}s`].some((name) => plain(name) === plain(table.name));
  if (matches < (isNamed ? 1 : fewestMatches)) return 0;
  return matches + (isNamed ? table.columns.length : 0);
}

function plain(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').toUpperCase();
}

/** The Chinese name at the beginning of a description. */
function nameOf(description: string): string {
  return /^[^：；。，]*/.exec(description)?.[0] ?? '';
}
