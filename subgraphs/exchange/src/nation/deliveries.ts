/**
 * What is to be sent next, and what became of it. Entries go in the order of their positions; a later version of a record never
 * overtakes one that the nation has not answered for.
 *
 * PENDING → SENT → CONFIRMED | REFUSED. SENT is written before the message leaves: after a crash it is sent again.
 * @see standard/exchange.md 8; design/feed.md 8
 */
import { HubError } from '@hub/schema';
import type postgres from 'postgres';

import { hubStream } from '../feed/feed-state.ts';
import type { PushedEntry } from './national-message.ts';

/** An entry to be sent now. */
export interface DueEntry extends PushedEntry {
  /** How often it was sent before. */
  readonly attempts: number;
}

/** How an attempt ended. */
export interface Attempt {
  readonly position: number;
  readonly state: 'SENT' | 'CONFIRMED' | 'REFUSED';
  readonly words: string | null;
  /** Whether anything came back. */
  readonly answered: boolean;
  /** Of SENT: milliseconds until it is sent again. */
  readonly retryMs: number;
}

/** When something else can be sent. */
export type Next = { readonly entry: DueEntry } | { readonly waitMs: number | undefined };

/** What keeps new entries back. */
export interface Holding {
  /** Attempts after which an entry that is answered unreadably lets others pass. */
  readonly asideAfter: number;
  /** Such entries at the most: more of them mean that the nation itself is out of order. */
  readonly mostAside: number;
}

/** @returns The entry to be sent now; else how long nothing will be due, undefined while everything is settled. */
export async function nextDue(sql: postgres.Sql, { asideAfter, mostAside }: Holding): Promise<Next> {
  const due = await dueAgain(sql);
  if (due !== undefined) return { entry: due };
  const [open] = await sql<{ blocking: string; aside: string; wait: string | null }[]>`
    select count(*) filter (where state = 'SENT' and not (answered and attempts >= ${asideAfter})) as blocking,
      count(*) filter (where state = 'SENT' and answered and attempts >= ${asideAfter}) as aside,
      extract(epoch from min(retry_at) - clock_timestamp()) * 1000 as wait
    from delivery where channel = 'PUSH' and state in ('PENDING', 'SENT')`;
  const waitMs = open?.wait === null || open?.wait === undefined ? undefined : Math.max(0, Number(open.wait));
  if (Number(open?.blocking ?? 0) > 0 || Number(open?.aside ?? 0) >= mostAside) return { waitMs };
  for (;;) {
    const entry = await takeNext(sql);
    if (entry === undefined) return { waitMs };
    if (!(await waitsBehind(sql, entry))) return { entry };
  }
}

/** Written before the message leaves. */
export async function noteSending(sql: postgres.Sql, position: number): Promise<void> {
  await sql`insert into delivery (channel, position, state, attempts, sent_at, retry_at)
    values ('PUSH', ${position}, 'SENT', 1, clock_timestamp(), clock_timestamp())
    on conflict (channel, position) do update set state = 'SENT', attempts = delivery.attempts + 1,
      sent_at = clock_timestamp(), retry_at = clock_timestamp()
    where delivery.state in ('PENDING', 'SENT')`;
}

/** Written when the attempt is over. */
export async function noteAttempt(sql: postgres.Sql, { position, state, words, answered, retryMs }: Attempt): Promise<void> {
  await sql`update delivery set state = ${state}, words = ${words}, answered = ${answered},
      retry_at = case when ${state} = 'SENT' then clock_timestamp() + make_interval(secs => ${retryMs / 1000}) end,
      settled_at = case when ${state} <> 'SENT' then clock_timestamp() end
    where channel = 'PUSH' and position = ${position} and state = 'SENT'`;
}

interface Row extends Omit<PushedEntry, 'position' | 'payload' | 'dataTimestamp' | 'receivedAt'> {
  readonly position: string;
  readonly attempts: number;
  readonly body: string;
}

async function dueAgain(sql: postgres.Sql): Promise<DueEntry | undefined> {
  const [row] = await sql<Row[]>`
    select d.position, c.system, c.dataset, c.key, c.version, c.op, d.attempts, c.body
    from delivery d join feed f on f.system = ${hubStream} and f.position = d.position
      join outbox o on o.id = f.outbox join change c on c.id = o.change
    where d.channel = 'PUSH' and d.state in ('PENDING', 'SENT') and d.retry_at <= clock_timestamp()
      and not exists (
        select from delivery e join feed g on g.system = ${hubStream} and g.position = e.position
          join outbox p on p.id = g.outbox join change b on b.id = p.change
        where e.channel = 'PUSH' and e.state in ('PENDING', 'SENT') and e.position < d.position
          and (b.system, b.dataset, b.key) = (c.system, c.dataset, c.key))
    order by d.position limit 1`;
  return row === undefined ? undefined : dueEntry(row);
}

/** The entry after the last one that has a delivery. */
async function takeNext(sql: postgres.Sql): Promise<DueEntry | undefined> {
  const [row] = await sql<Row[]>`
    select f.position, c.system, c.dataset, c.key, c.version, c.op, 0 as attempts, c.body
    from feed f join outbox o on o.id = f.outbox join change c on c.id = o.change
    where f.system = ${hubStream} and f.position = 1 + coalesce(
      (select position from delivery where channel = 'PUSH' order by position desc limit 1), 0)`;
  return row === undefined ? undefined : dueEntry(row);
}

/** Puts an entry behind an earlier one of its record that is not settled. */
async function waitsBehind(sql: postgres.Sql, { position, system, dataset, key }: DueEntry): Promise<boolean> {
  const put = await sql`
    insert into delivery (channel, position, state, retry_at)
    select 'PUSH', ${position}, 'PENDING', clock_timestamp()
    where exists (
      select from delivery e join feed g on g.system = ${hubStream} and g.position = e.position
        join outbox p on p.id = g.outbox join change b on b.id = p.change
      where e.channel = 'PUSH' and e.state in ('PENDING', 'SENT')
        and b.system = ${system} and b.dataset = ${dataset} and b.key = ${key})
    on conflict do nothing`;
  return put.count > 0;
}

/** What the columns do not hold is read from the entry as it is sent. */
function dueEntry({ body, position, ...row }: Row): DueEntry {
  const entry: unknown = JSON.parse(`{${body}`);
  const { payload, dataTimestamp, receivedAt }: Readonly<Partial<Record<string, unknown>>> =
    typeof entry === 'object' && entry !== null ? { ...entry } : {};
  if (typeof payload !== 'string' || typeof receivedAt !== 'string') {
    throw new HubError('INTERNAL', { zh: `位置 ${position} 的内容读不懂。`, en: `Position ${position} cannot be read.` });
  }
  return {
    ...row,
    position: Number(position),
    payload,
    receivedAt,
    dataTimestamp: typeof dataTimestamp === 'string' ? dataTimestamp : null,
  };
}
