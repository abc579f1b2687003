/**
 * A record through all its versions as the exchange has them, how it stands at each of the three levels, and which fields changed.
 * @see design/feed.md 5; standard/exchange.md 8
 */
import { type Violation, type WireFields, decodeRecordId, law } from '@hub/schema';
import { sql } from 'kysely';
import type postgres from 'postgres';

import type { ChangeState } from '../judge/judgement.ts';
import { type NationalState, nationalStates } from '../nation/national-states.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { instantText } from '../store/instant-text.ts';

/** A record as the exchange knows it. */
export interface RecordName {
  readonly system: string;
  readonly dataset: string;
  readonly key: string;
}

/** One version, as it was journaled. */
export interface VersionRow {
  readonly version: number;
  readonly op: 'put' | 'withdraw';
  readonly state: ChangeState;
  /** In the hub's feed. */
  readonly position: number | null;
  readonly sourcePosition: number;
  readonly dataTimestamp: string | null;
  /** Canonical instants. */
  readonly receivedAt: string;
  readonly harvestedAt: string;
  /** Null while it waits. */
  readonly decidedAt: string | null;
  readonly contract: string;
  readonly rules: string;
  readonly violations: readonly Violation[];
  readonly hash: string;
  readonly payload: string;
  readonly reason: string | null;
  readonly movedTo: string | null;
  readonly movedFrom: string | null;
}

/** The driver gives large numbers as texts. */
interface StoredVersion extends Omit<VersionRow, 'position' | 'sourcePosition'> {
  readonly position: string | null;
  readonly sourcePosition: string;
}

/** How a record stands at one level. */
export interface LevelState {
  readonly level: 'CITY' | 'PROVINCE' | 'NATION';
  readonly state: ChangeState | 'SENT' | 'NONE';
  readonly version: number | null;
  readonly at: string | null;
  readonly violations: readonly Violation[];
}

/** One field whose value is another than before. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Versions told of one record. */
const mostVersions = 100;

/** @returns The record of an id of the graph; undefined when it is none. */
export function recordOfId(id: string): RecordName | undefined {
  const decoded = decodeRecordId(id);
  const dataset = law()
    .contracts.flatMap(({ contract }) => contract.datasets)
    .find(({ type }) => type === decoded?.type);
  return decoded === undefined || dataset === undefined ? undefined : { system: decoded.system, dataset: dataset.code, key: decoded.key };
}

/** @returns Its versions, the newest first, and one more than are told for the comparison of the last. */
export async function readVersions({ reading }: Pick<ExchangeStore, 'reading'>, name: RecordName): Promise<readonly VersionRow[]> {
  const found = await sql<StoredVersion>`${select} where ${isOf(name)} order by c.id desc limit ${mostVersions + 1}`.execute(reading);
  return found.rows.map(numbered);
}

/** @returns The version that stood in the exchange then; undefined when none did. @param at - Canonical instant. */
export async function versionAsOf(
  { reading }: Pick<ExchangeStore, 'reading'>,
  name: RecordName,
  at: string,
): Promise<VersionRow | undefined> {
  const found = await sql<StoredVersion>`${select} where ${isOf(name)} and c.state = 'ACCEPTED' and c.decided_at <= ${at}::timestamptz
    order by c.version desc limit 1`.execute(reading);
  return found.rows.map(numbered)[0];
}

/** @returns How its newest version stands in the city, the province and the nation, always three. */
export async function levelStates(national: postgres.Sql, [newest]: readonly VersionRow[]): Promise<readonly LevelState[]> {
  if (newest === undefined) return (['CITY', 'PROVINCE', 'NATION'] as const).map(noState);
  const { version, state, receivedAt, harvestedAt, decidedAt, violations, position } = newest;
  const [told] = position === null ? [] : await nationalStates(national, [position]);
  return [
    { level: 'CITY', state: 'ACCEPTED', version, at: receivedAt, violations: [] },
    { level: 'PROVINCE', state, version, at: decidedAt ?? harvestedAt, violations },
    told === undefined || told.state === 'PENDING' ? noState('NATION') : nationState(version, told),
  ];
}

/** @returns Fields that differ from the version accepted before, by name. @param before - Undefined: there was none. */
export function fieldChanges(version: VersionRow, before: VersionRow | undefined): readonly FieldChange[] {
  if (version.op === 'withdraw') return [];
  const [old, now] = [fieldsOf(before), fieldsOf(version)];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])].toSorted();
  return fields.flatMap((field) => {
    const [was, is] = [own(old, field), own(now, field)];
    return was === is ? [] : [{ field, before: was, after: is }];
  });
}

const select = sql`select c.version, c.op, c.state, f.position, c.position as "sourcePosition", c.data_timestamp as "dataTimestamp",
    ${instantText('c.received_at')} as "receivedAt", ${instantText('c.harvested_at')} as "harvestedAt", ${instantText('c.decided_at')} as "decidedAt",
    c.contract, c.rules, c.violations, c.hash, coalesce(doc.payload, '') as payload, doc.reason, doc."movedTo", doc."movedFrom"
  from change c left join outbox o on o.change = c.id left join feed f on f.outbox = o.id
  cross join lateral jsonb_to_record(('{' || c.body)::jsonb) as doc(payload text, reason text, "movedTo" text, "movedFrom" text)`;

function isOf({ system, dataset, key }: RecordName) {
  return sql`c.system = ${system} and c.dataset = ${dataset} and c.key = ${key}`;
}

function numbered(row: StoredVersion): VersionRow {
  return { ...row, position: row.position === null ? null : Number(row.position), sourcePosition: Number(row.sourcePosition) };
}

function noState(level: LevelState['level']): LevelState {
  return { level, state: 'NONE', version: null, at: null, violations: [] };
}

function nationState(version: number, { state, words, at }: NationalState): LevelState {
  const told = words === null ? [] : [{ rule: 'NATION', severity: 'refusal', field: '', messageZh: words, messageEn: words } as const];
  const kind = state === 'CONFIRMED' ? 'ACCEPTED' : state === 'REFUSED' ? 'REFUSED' : 'SENT';
  return { level: 'NATION', state: kind, version, at, violations: kind === 'REFUSED' ? told : [] };
}

function fieldsOf(version: VersionRow | undefined): WireFields {
  if (version === undefined || version.op === 'withdraw' || version.payload === '') return {};
  const fields: unknown = JSON.parse(version.payload);
  return typeof fields === 'object' && fields !== null
    ? Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]))
    : {};
}

function own(fields: WireFields, field: string): string | null {
  return Object.hasOwn(fields, field) ? (fields[field] ?? null) : null;
}
