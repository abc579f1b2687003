/**
 * What was refused: how long it has been open, when a later version repaired it, and where to correct it.
 * @see standard/exchange.md 6 and 9
 */
import { instantOf } from '@hub/kit/process';
import { HubError, type Violation } from '@hub/schema';
import { type RawBuilder, sql } from 'kysely';

import type { ExchangeStore } from '../store/open-store.ts';
import { instantText } from '../store/instant-text.ts';

/** A change that was refused. */
export interface RefusedRecord {
  readonly system: string;
  readonly sourcePosition: number;
  /** Empty when it could not be read, as the key is then. */
  readonly dataset: string;
  /** Empty, too, when a person's number stands in it. */
  readonly key: string;
  readonly version: number | null;
  readonly violations: readonly Violation[];
  /** Canonical instants. */
  readonly receivedAt: string | null;
  readonly refusedAt: string;
  /** When a later version was accepted; null: it is open. */
  readonly repairedAt: string | null;
  readonly repairedVersion: number | null;
  readonly openHours: number;
  /** Page that the record came from. */
  readonly correctAt: string | null;
}

/** Which are wanted. */
export interface RefusedRequest {
  readonly system?: string | null | undefined;
  readonly datasets?: readonly string[] | null | undefined;
  /** True: what is open; false: what is repaired. */
  readonly open?: boolean | null | undefined;
  readonly after?: string | null | undefined;
  readonly first: number;
}

/** A page, the newest first. */
export interface RefusedPage {
  readonly nodes: readonly RefusedRecord[];
  readonly cursor: string | null;
}

interface RefusedRow extends Omit<RefusedRecord, 'sourcePosition' | 'version' | 'receivedAt'> {
  readonly id: string;
  readonly sourcePosition: string;
  readonly version: number;
  readonly receivedAt: string;
  readonly unusable: boolean;
}

/** @throws HubError CURSOR_INVALID. */
export async function refusedRecords(store: Pick<ExchangeStore, 'reading' | 'clock'>, request: RefusedRequest): Promise<RefusedPage> {
  const { first } = request;
  const now = sql`${instantOf(store.clock)}::timestamptz`;
  const found = await sql<RefusedRow>`
    select c.id, c.system, c.position as "sourcePosition", c.dataset, c.key, c.version, c.violations,
      ${instantText('c.received_at')} as "receivedAt", ${instantText('c.decided_at')} as "refusedAt", ${instantText('later.decided_at')} as "repairedAt",
      later.version as "repairedVersion", ${raw} as unusable,
      greatest(0, floor(extract(epoch from coalesce(later.decided_at, ${now}) - c.decided_at) / 3600))::int as "openHours",
      ('{' || c.body)::jsonb -> 'source' ->> 'url' as "correctAt"
    from change c left join lateral (
      select l.version, l.decided_at from change l
      where l.system = c.system and l.dataset = c.dataset and l.key = c.key and l.state = 'ACCEPTED' and l.id > c.id and not ${raw}
      order by l.id limit 1
    ) later on true
    where c.state = 'REFUSED' and ${condition(request)}
    order by c.id desc limit ${first + 1}`.execute(store.reading);
  const rows = found.rows.slice(0, first);
  return { nodes: rows.map(refused), cursor: found.rows.length > first ? (rows.at(-1)?.id ?? null) : null };
}

const raw = sql`exists (select from unusable u where u.change = c.id)`;

function condition({ system, datasets, open, after }: RefusedRequest): RawBuilder<unknown> {
  if (after != null && !/^\d{1,18}$/.test(after)) throw noCursor;
  const parts = [
    after == null ? sql`true` : sql`c.id < ${after}::bigint`,
    system == null ? sql`true` : sql`c.system = ${system}`,
    datasets == null ? sql`true` : sql`c.dataset = any(${[...datasets]}::text[])`,
    open == null ? sql`true` : open ? sql`later.version is null` : sql`later.version is not null`,
  ];
  return sql.join(parts, sql` and `);
}

function refused({ unusable, ...row }: RefusedRow): RefusedRecord {
  const sourcePosition = Number(row.sourcePosition);
  const correctAt = row.correctAt !== null && /^https?:\/\//.test(row.correctAt) ? row.correctAt : null;
  // The reason for the refusal must not be told by the list of refusals: its position names it.
  const key = row.violations.some(({ rule }) => rule === 'KEY_PERSON_NUMBER') ? '' : row.key;
  const told = { ...row, key, sourcePosition, correctAt };
  return unusable ? { ...told, dataset: '', key: '', version: null, receivedAt: null } : told;
}

const noCursor = new HubError('CURSOR_INVALID', {
  zh: '游标无法识别，请从第一页重来。',
  en: 'This is no cursor of the list: begin again.',
});
