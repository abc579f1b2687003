/**
 * What the exchange knows of one system: how far its feed is taken, and how it answers.
 * @see design/feed.md 5 and 6
 */
import { type Kysely, sql } from 'kysely';

import { instantText } from './instant-text.ts';
import type { ExchangeStore } from './open-store.ts';
import { storable } from './storable-text.ts';

/** NEW: never heard. FOLLOWING: pages come. FAULTY: the last attempts failed. RECONCILING: a snapshot is being read. */
export type SourceCondition = 'NEW' | 'FOLLOWING' | 'FAULTY' | 'RECONCILING';

/** One system as a source. */
export interface SourceState {
  readonly system: string;
  /** Null until a first page was taken. */
  readonly epoch: string | null;
  /** Taken through. */
  readonly position: number;
  /** Position of the snapshot with which the epoch began; 0: it is taken from its beginning. */
  readonly snapshot: number;
  /** Where to go on; null: from the beginning. */
  readonly cursor: string | null;
  readonly head: number;
  readonly state: SourceCondition;
  /** Canonical instants, here and below. */
  readonly since: string;
  readonly fault: SourceFault | null;
  /** Attempts that failed since the last that did not. */
  readonly failures: number;
  readonly retryAt: string | null;
  readonly offsetMs: number | null;
  readonly heardAt: string | null;
}

/** Why a system's feed is not taken. */
export interface SourceFault {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** What was seen, cut short; null: nothing to show. */
  readonly evidence: string | null;
}

interface SourceRow extends Omit<SourceState, 'position' | 'snapshot' | 'head' | 'fault' | 'offsetMs'> {
  readonly position: string;
  readonly snapshot: string;
  readonly head: string;
  readonly offsetMs: string | null;
  readonly fault_code: string | null;
  readonly fault_zh: string | null;
  readonly fault_en: string | null;
  readonly evidence: string | null;
}

const columns = sql`system, epoch, position, snapshot, cursor, head, state, ${instantText('since')} as since, fault_code, fault_zh, fault_en, evidence, failures,
  ${instantText('retry_at')} as "retryAt", offset_ms as "offsetMs", ${instantText('heard_at')} as "heardAt"`;

/** @returns What is known of a system; undefined: nothing yet. */
export async function readSource({ reading }: Pick<ExchangeStore, 'reading'>, system: string): Promise<SourceState | undefined> {
  const found = await sql<SourceRow>`select ${columns} from source where system = ${system}`.execute(reading);
  return found.rows.map(sourceState)[0];
}

/** @returns All systems that are known, by code. */
export async function readSources({ reading }: Pick<ExchangeStore, 'reading'>): Promise<readonly SourceState[]> {
  const found = await sql<SourceRow>`select ${columns} from source order by system`.execute(reading);
  return found.rows.map(sourceState);
}

/** @returns A system's row, locked until the transaction ends; made when there is none. */
export async function lockSource(db: Kysely<unknown>, system: string): Promise<SourceState> {
  const locked = await sql<SourceRow>`select ${columns} from source where system = ${system} for update`.execute(db);
  const [source] = locked.rows.map(sourceState);
  if (source !== undefined) return source;
  await sql`insert into source (system) values (${system}) on conflict (system) do nothing`.execute(db);
  return lockSource(db, system);
}

/**
 * Notes that a system's feed could not be taken. What was taken stays.
 * @param retryAtMs - When it is tried again.
 */
export async function noteFault(
  { db }: Pick<ExchangeStore, 'db'>,
  system: string,
  { code, zh, en, evidence, retryAtMs }: SourceFault & { readonly retryAtMs: number },
): Promise<void> {
  await sql`insert into source as s (system, state, fault_code, fault_zh, fault_en, evidence, failures, retry_at)
    values (${system}, 'FAULTY', ${code}, ${zh}, ${en}, ${evidence === null ? null : storable(evidence)}, 1, ${new Date(retryAtMs).toISOString()}::timestamptz)
    on conflict (system) do update set state = 'FAULTY', since = case when s.state = 'FAULTY' then s.since else now() end,
      fault_code = excluded.fault_code, fault_zh = excluded.fault_zh, fault_en = excluded.fault_en, evidence = excluded.evidence,
      failures = s.failures + 1, retry_at = excluded.retry_at`.execute(db);
}

/** Notes that a system answers again. */
export async function noteWell({ db }: Pick<ExchangeStore, 'db'>, system: string): Promise<void> {
  await sql`update source set state = ${conditionWhenWell}, since = case when state = 'FAULTY' then now() else since end,
      fault_code = null, fault_zh = null, fault_en = null, evidence = null, failures = 0, retry_at = null
    where system = ${system} and (state = 'FAULTY' or failures > 0)`.execute(db);
}

/** What a system's condition is when nothing is wrong with it. */
const conditionWhenWell = sql<SourceCondition>`case when position < snapshot then 'RECONCILING' else 'FOLLOWING' end`;

function sourceState(row: SourceRow): SourceState {
  const { system, epoch, position, snapshot, cursor, head, state, since, failures, retryAt, offsetMs, heardAt } = row;
  const { fault_code: code, fault_zh: zh, fault_en: en, evidence } = row;
  return {
    system,
    epoch,
    position: Number(position),
    snapshot: Number(snapshot),
    cursor,
    head: Number(head),
    state,
    since,
    fault: code === null || zh === null || en === null ? null : { code, zh, en, evidence },
    failures,
    retryAt,
    offsetMs: offsetMs === null ? null : Number(offsetMs),
    heardAt,
  };
}
