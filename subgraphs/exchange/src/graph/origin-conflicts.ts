/**
 * Business codes that several systems hold as their own: each says that the original is with it, and one of them is wrong.
 * @see design/partitioning.md «Counting once»
 */
import { type RawBuilder, sql } from 'kysely';

import type { ExchangeLaw } from '../store/exchange-law.ts';
import type { ExchangeStore } from '../store/open-store.ts';
import { instantText } from '../store/instant-text.ts';

/** One code and who holds it. */
export interface OriginConflict {
  readonly dataset: string;
  readonly field: string;
  readonly code: string;
  readonly records: readonly ConflictingRecord[];
}

/** One of the records, the one that was accepted first before the others. */
export interface ConflictingRecord {
  readonly system: string;
  readonly key: string;
  readonly version: number;
  /** Canonical instant. */
  readonly acceptedAt: string;
}

/** A system as the registry has it: its name, and the platform codes that it declares as its own. */
export interface DeclaredSystem {
  readonly code: string;
  readonly name: string;
  /** `platform/tradePlat` each. */
  readonly platformCodes: readonly string[];
}

interface ConflictRow extends Omit<OriginConflict, 'records'>, ConflictingRecord {}

/** @returns Conflicts by dataset and code; a copy, which names a platform of another system, is none. */
export async function originConflicts(
  { reading, law }: Pick<ExchangeStore, 'reading' | 'law'>,
  { system, first, declared }: { readonly system?: string | null; readonly first: number; readonly declared: readonly DeclaredSystem[] },
): Promise<readonly OriginConflict[]> {
  const own = JSON.stringify(ownCodes(law));
  const platforms = JSON.stringify(
    declared.flatMap(({ code, platformCodes }) =>
      platformCodes.map((pair) => {
        const [platform = '', trade = ''] = pair.toUpperCase().split('/');
        return { system: code, platform, trade };
      }),
    ),
  );
  const found = await sql<ConflictRow>`
    with shared as (
      select d.dataset, d.field, d.value from code d
      join jsonb_to_recordset(${own}::jsonb) as k(dataset text, field text) on k.dataset = d.dataset and k.field = d.field
      group by d.dataset, d.field, d.value having count(distinct d.system) > 1 and ${involves(system)}
    ), platforms as (select * from jsonb_to_recordset(${platforms}::jsonb) as p(system text, platform text, trade text)),
    holders as (
      select s.dataset, s.field, s.value as code, r.system, r.key, r.version, ${instantText('c.decided_at')} as "acceptedAt"
      from shared s join code d using (dataset, field, value)
      join record r on r.system = d.system and r.dataset = d.dataset and r.key = d.key join change c on c.id = r.change
      cross join lateral jsonb_to_record((('{' || c.body)::jsonb ->> 'payload')::jsonb) as doc("PLATFORM_CODE" text, "TRADE_PLAT" text)
      where nullif(btrim(doc."PLATFORM_CODE"), '') is null
        or not exists (select from platforms p where p.system = r.system)
        or exists (select from platforms p where p.system = r.system and p.platform = upper(btrim(doc."PLATFORM_CODE"))
          and upper(coalesce(nullif(btrim(doc."TRADE_PLAT"), ''), p.trade)) = p.trade)
    )
    select * from holders h where (select count(distinct o.system) from holders o
      where o.dataset = h.dataset and o.field = h.field and o.code = h.code) > 1
    order by dataset, code, "acceptedAt", system limit ${first * mostHolders}`.execute(reading);
  return grouped(found.rows).slice(0, first);
}

/** Rows read for each conflict asked for: more systems than these do not share a code. */
const mostHolders = 30;

/** Fields by which datasets are looked up: a record’s own code, not one that it refers to. */
function ownCodes({ byCode }: ExchangeLaw): readonly { dataset: string; field: string }[] {
  return [...byCode.values()].flatMap(({ contract, dataset }) => {
    const field = dataset.fields.find(({ name }) => name === dataset.byCode)?.wire[0]?.code;
    return field === undefined || !contract.partitioned ? [] : [{ dataset: dataset.code, field }];
  });
}

function involves(system: string | null | undefined): RawBuilder<unknown> {
  return system == null ? sql`true` : sql`bool_or(d.system = ${system})`;
}

function grouped(rows: readonly ConflictRow[]): readonly OriginConflict[] {
  const conflicts = new Map<string, { dataset: string; field: string; code: string; records: ConflictingRecord[] }>();
  for (const { dataset, field, code, ...record } of rows) {
    const name = `${dataset}\n${field}\n${code}`;
    const conflict = conflicts.get(name) ?? { dataset, field, code, records: [] };
    conflicts.set(name, conflict);
    conflict.records.push(record);
  }
  return [...conflicts.values()];
}
