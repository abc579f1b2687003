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

/** The contract that is asked for. */
export interface Served {
  readonly contract: string;
  /** One system holds it all: a shared register. */
  readonly sole: boolean;
}

/**
 * @param rows - The whole table: a system of another contract is known, it just holds nothing of this one.
 * @param codes - `filter.systems`; null and undefined mean all.
 * @returns The systems to ask or to name as missing.
 * @throws HubError SYSTEM_UNKNOWN, naming every code that is not in the table; SYSTEMS_UNAVAILABLE when no row serves the
 *   contract: an empty answer would pass for the province's; CONFIG_INVALID when several would each pass for the register.
 */
export function scopeOf(rows: readonly SystemRow[], served: Served, codes: readonly string[] | null | undefined): readonly SystemRow[] {
  const candidates = rows.filter((row) => serves(row, served));
  if (candidates.length === 0) throw nobodyServes(served.contract);
  if (served.sole) refuseSeveral(served.contract, candidates);
  if (codes === null || codes === undefined) return candidates;
  const unknown = codes.filter((code) => !rows.some((row) => row.code === code));
  if (unknown.length > 0) throw unknownSystem(unknown);
  return candidates.filter(({ code }) => codes.includes(code));
}

/**
 * The system that holds a shared register; where none is published any more, the withdrawn one that held it.
 * @throws HubError SYSTEMS_UNAVAILABLE, CONFIG_INVALID, as `scopeOf`.
 */
export function holderOf(rows: readonly SystemRow[], served: Served): SystemRow {
  const candidates = scopeOf(rows, served, null);
  const holder = candidates.find(({ state }) => state === 'published') ?? candidates[0];
  if (holder === undefined) throw nobodyServes(served.contract);
  return holder;
}

/** Whether a system holds records of the contract; of others it has none. */
export function serves({ contracts }: SystemRow, { contract }: Pick<Served, 'contract'>): boolean {
  return contracts === undefined || contracts.includes(contract);
}

function refuseSeveral(contract: string, candidates: readonly SystemRow[]): void {
  const holders = candidates.filter(({ state }) => state === 'published').map(({ code }) => code);
  if (holders.length < 2) return;
  throw new HubError('CONFIG_INVALID', {
    zh: `共享登记“${contract}”只能由一个系统提供，现有 ${holders.join('、')} 的 contracts 都列了它。`,
    en: `The shared register ${contract} is held by one system, but the rows of ${holders.join(', ')} list it.`,
  });
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
