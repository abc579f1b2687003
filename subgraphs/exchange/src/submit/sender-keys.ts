/**
 * Whose record a key of a shared register is. Many send to a register, and a DATA_KEY is one sender's alone: the first one's whose
 * record was kept under it. Records that came another way are the register's own.
 * @see schema/PROTOCOL.md 1 «Shared registers»
 */
import type { Accepted, SystemStore, WireFound } from '@hub/kit';
import { type Violation, recordKey } from '@hub/schema';
import { type Transaction, sql } from 'kysely';

import { exchangeSchema } from '../store/exchange-url.ts';

/** Another sender has taken a key while this one's record was on its way. */
export class KeyTaken extends Error {}

const ownerTable = sql`${sql.id(exchangeSchema)}.sender_key`;

/** Whether senders have keys of their own in a dataset: not where its key fields say what a record is about, whoever sends it. */
function hasOwners({ store }: Pick<SystemStore, 'store'>, dataset: string): boolean {
  const stored = store.byCode.get(dataset);
  return stored !== undefined && !stored.contract.partitioned && !stored.dataset.byFields;
}

/** @returns The key of a record; undefined when it has none, or its dataset is not known. */
export function keyOf({ store }: Pick<SystemStore, 'store'>, { record }: WireFound): string | undefined {
  const stored = store.byCode.get(record.dataset);
  return stored === undefined ? undefined : recordKey(stored.dataset, record);
}

/** @returns The records among these whose key is another sender's. */
export async function takenByOthers(target: SystemStore, sender: string, found: readonly WireFound[]): Promise<ReadonlySet<WireFound>> {
  const owned = found.flatMap((entry, place) => {
    const key = hasOwners(target, entry.record.dataset) ? keyOf(target, entry) : undefined;
    return key === undefined ? [] : [{ place, dataset: entry.record.dataset, key }];
  });
  if (owned.length === 0) return new Set();
  const { code } = target.system;
  const others = await sql<{ place: number }>`select k.place from jsonb_to_recordset(${JSON.stringify(owned)}::jsonb)
      as k(place int, dataset text, key text)
    join record_head h on h.system = ${code} and h.dataset = k.dataset and h.key = k.key
    left join ${ownerTable} o on o.system = h.system and o.dataset = h.dataset and o.key = h.key
    where coalesce(o.sender, h.system) <> ${sender}`.execute(target.store.db);
  const places = new Set(others.rows.map(({ place }) => place));
  return new Set(found.filter((_, place) => places.has(place)));
}

/**
 * Notes whose the records are that were kept.
 * @throws KeyTaken when one became another's meanwhile.
 */
export async function noteOwners(
  db: Transaction<unknown>,
  { target, sender }: { readonly target: SystemStore; readonly sender: string },
  answers: readonly Accepted[],
): Promise<void> {
  const kept = answers.flatMap(({ incoming: { record }, outcome }) =>
    outcome === undefined || outcome.state === 'UNKNOWN' || !hasOwners(target, record.dataset)
      ? []
      : [{ dataset: record.dataset, key: outcome.key }],
  );
  if (kept.length === 0) return;
  const rows = JSON.stringify(kept);
  const { code } = target.system;
  await sql`insert into ${ownerTable} (system, dataset, key, sender)
    select distinct ${code}, k.dataset, k.key, ${sender} from jsonb_to_recordset(${rows}::jsonb) as k(dataset text, key text)
    on conflict do nothing`.execute(db);
  const others = await sql`select from jsonb_to_recordset(${rows}::jsonb) as k(dataset text, key text)
    join ${ownerTable} o on o.system = ${code} and o.dataset = k.dataset and o.key = k.key where o.sender <> ${sender} limit 1`.execute(db);
  if (others.rows.length > 0) throw new KeyTaken();
}

/** What a sender is told whose key is another's. */
export const keyOfAnother: Violation = {
  rule: 'KEY_OF_ANOTHER_SENDER',
  severity: 'refusal',
  field: '',
  messageZh: '这个 DATA_KEY 已是别的系统所报记录的，请改用以本系统代码加冒号开头的键。',
  messageEn: 'This DATA_KEY is of a record that another system sent: use one that begins with your system’s code and a colon.',
};
