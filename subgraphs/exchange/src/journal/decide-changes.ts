/**
 * The statements that decide changes which waited.
 * @see design/feed.md 5
 */
import { type Kysely, sql } from 'kysely';

import { bodyWithWarnings } from './entry-body.ts';
import { decidedReceipt } from './receipt.ts';
import type { Decision } from './release-waiting.ts';
import { replaceCodes } from './replace-codes.ts';
import { storableViolation } from './change-row.ts';

/** What is decided, of one system. */
export interface Deciding {
  readonly system: string;
  /** In the order of their records' versions. */
  readonly decisions: readonly Decision[];
  /** Canonical instant. */
  readonly at: string;
  readonly rules: string;
}

/** Changes become accepted or refused, accepted ones enter the outbox, and the system is told. */
export async function decideChanges(db: Kysely<unknown>, { system, decisions, at, rules }: Deciding): Promise<void> {
  if (decisions.length === 0) return;
  const rows = decisions.map(({ change: { id, entry, body }, judgement: { state, violations } }) => ({
    id,
    dataset: entry.dataset,
    key: entry.key,
    op: entry.op,
    hash: entry.hash,
    state,
    body: state === 'ACCEPTED' ? bodyWithWarnings(body, violations) : body,
    violations: violations.map(storableViolation),
  }));
  const given = JSON.stringify(rows);
  await sql`with given as materialized (
      select * from jsonb_to_recordset(${given}::jsonb) as g(id bigint, state text, body text, violations jsonb)
    ), decided as (
      update change c set state = g.state, body = g.body, violations = g.violations, rules = ${rules}, decided_at = ${at}::timestamptz
      from given g where c.id = g.id
    ), gone as (
      delete from waiting w using given g where w.change = g.id
    ) insert into outbox (system, change) select 'hub', id from given where state = 'ACCEPTED' order by id`.execute(db);
  await sql`update record r set waiting = r.waiting - g.decided, change = coalesce(g.change, r.change),
      hash = coalesce(g.hash, r.hash), op = coalesce(g.op, r.op)
    from (
      select dataset, key, count(*)::int as decided, max(id) filter (where state = 'ACCEPTED') as change,
        (array_agg(hash order by id desc) filter (where state = 'ACCEPTED'))[1] as hash,
        (array_agg(op order by id desc) filter (where state = 'ACCEPTED'))[1] as op
      from jsonb_to_recordset(${given}::jsonb) as d(id bigint, dataset text, key text, state text, hash text, op text)
      group by dataset, key
    ) g where r.system = ${system} and r.dataset = g.dataset and r.key = g.key`.execute(db);
  const accepted = decisions.filter(({ judgement }) => judgement.state === 'ACCEPTED');
  await replaceCodes(
    db,
    system,
    accepted.map(({ change: { entry }, judgement }) => ({
      dataset: entry.dataset,
      key: entry.key,
      codes: judgement.codes,
      replaces: true,
    })),
  );
  await sql`insert into outbox (system, body) values (${`receipts:${system}`}, ${decidedReceipt(system, decisions, at)})`.execute(db);
}

/** What they wait for now, and until when they are left alone. */
export async function postpone(db: Kysely<unknown>, decisions: readonly Decision[], again: string): Promise<void> {
  if (decisions.length === 0) return;
  const rows = decisions.map(({ change: { id }, judgement: { awaited, until } }) => ({ id, awaited, until }));
  const given = JSON.stringify(rows);
  await sql`delete from waiting using jsonb_to_recordset(${given}::jsonb) as g(id bigint) where waiting.change = g.id`.execute(db);
  await sql`insert into waiting (change, system, dataset, field, value, within, until, again)
    select g.id, c.system, w.dataset, w.field, w.value, w.within, g.until, case when w.dataset is not null then ${again}::timestamptz end
    from jsonb_to_recordset(${given}::jsonb) as g(id bigint, awaited jsonb, until timestamptz)
    join change c on c.id = g.id and c.state = 'WAITING'
    left join lateral jsonb_to_recordset(g.awaited) as w(dataset text, field text, value text, within text) on true`.execute(db);
}
