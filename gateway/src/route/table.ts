/**
 * The routing table: which systems there are, where they listen and what they serve. Only an id and `filter.systems` fix
 * systems; a region never does.
 * @see design/partitioning.md «Rules» 3
 */
import { HubError } from '@hub/schema';

/** One system as the registry publishes it. */
export interface SystemRow {
  readonly code: string;
  readonly name: string;
  /** Endpoint, e.g. `http://127.0.0.1:5001/graphql`. */
  readonly url: string;
  /** A withdrawn system is never asked and always counts as missing. */
  readonly state: 'published' | 'withdrawn';
  /** Names of the contracts it serves; absent: all. */
  readonly contracts?: readonly string[];
}

/**
 * @param rows - The whole table: a system of another contract is known, it just holds nothing of this one.
 * @param codes - `filter.systems`; null and undefined mean all.
 * @returns The systems to ask or to name as missing.
 * @throws HubError SYSTEM_UNKNOWN, naming every code that is not in the table; SYSTEMS_UNAVAILABLE when no row serves the
 *   contract: an empty answer would pass for the province's.
 */
export function scopeOf(rows: readonly SystemRow[], contract: string, codes: readonly string[] | null | undefined): readonly SystemRow[] {
  const candidates = serving(rows, contract);
  if (candidates.length === 0) throw nobodyServes(contract);
  if (codes === null || codes === undefined) return candidates;
  const unknown = codes.filter((code) => !rows.some((row) => row.code === code));
  if (unknown.length > 0) throw unknownSystem(unknown);
  return candidates.filter(({ code }) => codes.includes(code));
}

function nobodyServes(contract: string): HubError {
  return new HubError('SYSTEMS_UNAVAILABLE', {
    zh: `目前没有任何系统提供“${contract}”。`,
    en: `No system serves ${contract} at present.`,
  });
}

/** The refusal of a system code that is not in the table. */
export function unknownSystem(codes: readonly string[]): HubError {
  return new HubError('SYSTEM_UNKNOWN', {
    zh: `没有这样的交易系统：${codes.join('、')}。`,
    en: `There is no such trading system: ${codes.join(', ')}.`,
  });
}

/** @returns The rows that serve a contract. */
function serving(rows: readonly SystemRow[], contract: string): readonly SystemRow[] {
  return rows.filter(({ contracts }) => contracts === undefined || contracts.includes(contract));
}
