/**
 * The union of all systems' records in memory: what one unpartitioned server would hold. Records of the trade contracts are
 * what was accepted, newest last; rows of the board are read from the systems' own tables, for what the board derives is no
 * question of partitioning.
 * @see design/partitioning.md P6
 */
import { type CodeLists, type Dataset, type Province, type SystemRow, encodeRecordId, law } from '@hub/schema';

import type { Kept } from '../fill.ts';
import type { BoardRow } from './board-rows.ts';

/** One record, decoded only when asked. */
export interface UnionRecord {
  /** Its graph type. */
  readonly __typename: string;
  readonly id: string;
  readonly dataset: Dataset;
  readonly system: SystemRow;
  readonly origin: string;
  readonly source: { readonly kind: string; readonly name?: string | undefined; readonly url?: string | undefined };
  /** Canonical instant. */
  readonly receivedAt: string;
  readonly warnings: readonly unknown[];
  readonly wire: Readonly<Record<string, string>>;
  /** The contract whose lots it names. */
  readonly contract: string | null;
}

/** Everything that was ever accepted and not withdrawn. */
export interface Union {
  readonly province: Province;
  readonly codes: CodeLists;
  /** Systems whose records it holds, by code. */
  readonly systems: readonly SystemRow[];
  readonly byId: ReadonlyMap<string, UnionRecord>;
  readonly byType: ReadonlyMap<string, readonly UnionRecord[]>;
}

/** What a union is made of. */
export interface UnionParts {
  readonly province: Province;
  readonly codes: CodeLists;
  readonly kept: readonly Kept[];
  readonly board: readonly BoardRow[];
}

/** @returns The union of the systems named; of all when none are. */
export function unionOf({ province, codes, kept, board }: UnionParts, among?: readonly string[]): Union {
  const systems = province.systems.filter(({ code }) => among?.includes(code) ?? true).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const bySystem = new Map(systems.map((system) => [system.code, system]));
  const byId = new Map<string, UnionRecord>();
  for (const { system: code, record, key, source, receivedAt, warnings } of kept) {
    const dataset = datasets().get(record.dataset);
    const system = bySystem.get(code);
    if (dataset === undefined || system === undefined || boardTypes.includes(dataset.type)) continue;
    const id = encodeRecordId({ system: code, type: dataset.type, key });
    byId.delete(id);
    if (record.op === 'withdraw') continue;
    const wire = record.fields;
    const { contract } = dataset;
    const origin = originOf(system, wire);
    byId.set(id, { __typename: dataset.type, id, dataset, system, origin, source, receivedAt, warnings, wire, contract });
  }
  for (const { system: code, type, ...row } of board) {
    const system = bySystem.get(code);
    const dataset = [...datasets().values()].find((candidate) => candidate.type === type);
    if (system !== undefined && dataset !== undefined) byId.set(row.id, { __typename: type, dataset, system, ...row });
  }
  const byType = Map.groupBy(byId.values(), ({ __typename }) => __typename);
  return { province, codes, systems, byId, byType };
}

/** Graph types of the board's rows. */
const boardTypes: readonly string[] = ['Notice', 'Deal'];

let known: ReadonlyMap<string, Dataset> | undefined;

/** @returns Every dataset of the law by its name in the standard. */
export function datasets(): ReadonlyMap<string, Dataset> {
  known ??= new Map(law().contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => [dataset.code, dataset] as const)));
  return known;
}

/** The original is with whoever registered it: both codes of the pair must be the system's own, as far as they are told. */
function originOf({ platformCodes }: SystemRow, wire: UnionRecord['wire']): string {
  const told = (code: string): string => (wire[code] ?? '').trim().toUpperCase();
  const [platform, tradePlat] = [told('PLATFORM_CODE'), told('TRADE_PLAT')];
  if (platform === '') return 'ORIGINAL';
  const own = platformCodes.filter((code) => code.platform.toUpperCase() === platform);
  return own.some((code) => tradePlat === '' || code.tradePlat.toUpperCase() === tradePlat) ? 'ORIGINAL' : 'COPY';
}
