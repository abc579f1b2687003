/**
 * Keeps what was pulled in a PostgreSQL database of the consumer's own. One transaction keeps a batch and moves the cursor; the
 * cursor's row is locked first, so that of two consumers at once one waits and then finds its batch there already.
 * @see design/feed.md 8
 */
import { readFileSync } from 'node:fs';

import {
  HubError,
  keyTreeRoot,
  type Leaf,
  type PositionRange,
  readSm2PublicKeys,
  segmentPositions,
  type Sm2PublicKey,
  subtreesOf,
} from '@hub/schema';
import postgres from 'postgres';

import type { CheckedEntry } from '../check/check-lines.ts';
import type { Cursor, PulledStore } from './pulled-store.ts';

const tables = readFileSync(new URL('tables.sql', import.meta.url), 'utf8');
/** The hub's own feed; a consumer of other streams keeps them beside it. */
const stream = 'hub';

/**
 * Opens the database and makes what is missing.
 * @param url - `postgresql://…`
 * @throws HubError DATABASE_UNREACHABLE
 */
export async function openPostgresStore(url: string): Promise<PulledStore> {
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  try {
    await sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtext('pulled_cursor'))`;
      await tx.unsafe(tables).simple();
      await tx`insert into pulled_cursor (stream) values (${stream}) on conflict do nothing`;
    });
  } catch (cause) {
    await sql.end();
    throw new HubError('DATABASE_UNREACHABLE', {
      zh: `接收方的数据库不可用：${cause instanceof Error ? cause.message : String(cause)}。`,
      en: `The consumer’s database cannot be used: ${cause instanceof Error ? cause.message : String(cause)}.`,
      cause,
    });
  }
  const leavesOf = (range: PositionRange): Promise<readonly Leaf[]> => readLeaves(sql, range);
  return {
    cursor: () => readCursor(sql),
    apply: (epoch, entries) => apply(sql, epoch, entries),
    pin: (offered) => pin(sql, offered),
    believe: (keys) => believe(sql, keys),
    adopt: (before, place) => adopt(sql, before, place),
    async noteChecked(statements) {
      await sql`update pulled_cursor set statements = ${statements} where stream = ${stream}`;
    },
    async noteConfirmed(position) {
      await sql`update pulled_cursor set confirmed = ${position} where stream = ${stream}`;
    },
    leavesOf,
    keyRootOf: async (piece) => (await keptRoot(sql, piece)) ?? keyTreeRoot(subtreesOf(await leavesOf(piece))),
    linesOf: (range) => readLines(sql, range),
    [Symbol.asyncDispose]: () => sql.end(),
  };
}

async function readCursor(sql: postgres.ISql): Promise<Cursor> {
  const [row] = await sql<{ epoch: string | null; position: string; statements: string; confirmed: string }[]>`
    select epoch, position, statements, confirmed from pulled_cursor where stream = ${stream}`;
  return {
    epoch: row?.epoch ?? undefined,
    position: Number(row?.position ?? 0),
    statements: Number(row?.statements ?? 0),
    confirmed: Number(row?.confirmed ?? 0),
  };
}

async function apply(sql: postgres.Sql, epoch: string, entries: readonly CheckedEntry[]): Promise<void> {
  const [first, last] = [entries[0]?.position ?? 0, entries.at(-1)?.position ?? 0];
  await sql.begin(async (tx) => {
    await tx`select from pulled_cursor where stream = ${stream} for update`;
    const cursor = await readCursor(tx);
    if (cursor.epoch !== undefined && cursor.epoch !== epoch) throw otherEpoch();
    // Kept since by another consumer, or before an answer was lost: a repeat has no second effect.
    if (cursor.position >= last) return;
    if (cursor.position !== first - 1) throw notNext(cursor.position, first);
    const kept = await tx`
      insert into pulled_entry (stream, position, system, dataset, key, version, op, place, line)
      select ${stream}, position, system, dataset, key, version, op, decode(place, 'hex'), line
      from unnest(${entries.map(({ position }) => position)}::bigint[], ${entries.map(({ system }) => system)}::text[],
        ${entries.map(({ dataset }) => dataset)}::text[], ${entries.map(({ key }) => key)}::text[],
        ${entries.map(({ version }) => version)}::int[], ${entries.map(({ op }) => op)}::text[],
        ${entries.map(({ leaf }) => leaf.place.toString('hex'))}::text[], ${entries.map(({ line }) => line)}::text[])
        as came (position, system, dataset, key, version, op, place, line)
      on conflict do nothing`;
    if (kept.count !== entries.length) throw twice(first, last);
    await tx`update pulled_cursor set epoch = ${epoch}, position = ${last} where stream = ${stream}`;
    if (last % segmentPositions !== 0) return;
    const root = keyTreeRoot(subtreesOf(await readLeaves(tx, { from: last - segmentPositions + 1, to: last })));
    await tx`insert into pulled_segment (stream, number, key_root) values (${stream}, ${last / segmentPositions}, ${root})
      on conflict (stream, number) do nothing`;
  });
}

async function adopt(sql: postgres.Sql, before: Cursor, { epoch, position }: { epoch: string; position: number }): Promise<number> {
  return sql.begin(async (tx) => {
    await tx`select from pulled_cursor where stream = ${stream} for update`;
    const cursor = await readCursor(tx);
    if (cursor.epoch !== before.epoch || cursor.position !== before.position) return 0;
    const moved = await tx`
      with gone as (delete from pulled_entry where stream = ${stream} and position > ${position} returning *)
      insert into pulled_aside (stream, epoch, position, system, dataset, key, version, op, place, line)
      select stream, ${before.epoch ?? ''}, position, system, dataset, key, version, op, place, line from gone
      on conflict do nothing`;
    await tx`delete from pulled_segment where stream = ${stream} and number * ${segmentPositions} > ${position}`;
    await tx`update pulled_cursor set epoch = ${epoch}, position = ${position}, statements = 0,
      confirmed = least(confirmed, ${position}) where stream = ${stream}`;
    return moved.count;
  });
}

async function pin(sql: postgres.Sql, offered: readonly Sm2PublicKey[]): Promise<readonly Sm2PublicKey[]> {
  const [row] = await sql<{ signer: string }[]>`
    update pulled_cursor set signer = coalesce(signer, ${pemsOf(offered)}) where stream = ${stream} returning signer`;
  return readSm2PublicKeys(row?.signer ?? '') ?? offered;
}

async function believe(sql: postgres.Sql, keys: readonly Sm2PublicKey[]): Promise<readonly Sm2PublicKey[]> {
  await sql`update pulled_cursor set signer = ${pemsOf(keys)} where stream = ${stream}`;
  return keys;
}

function pemsOf(keys: readonly Sm2PublicKey[]): string {
  return keys.map(({ pem }) => pem).join('');
}

async function readLeaves(sql: postgres.ISql, { from, to }: PositionRange): Promise<readonly Leaf[]> {
  const rows = await sql<{ position: string; system: string; dataset: string; key: string; version: number; place: Buffer }[]>`
    select position, system, dataset, key, version, place from pulled_entry
    where stream = ${stream} and position between ${from} and ${to} order by position`;
  return rows.map(({ position, ...leaf }) => ({ ...leaf, position: Number(position) }));
}

async function keptRoot(sql: postgres.ISql, { from, to }: PositionRange): Promise<Buffer | undefined> {
  if (to % segmentPositions !== 0 || to - from + 1 !== segmentPositions) return undefined;
  const [row] = await sql<{ root: Buffer }[]>`
    select key_root as root from pulled_segment where stream = ${stream} and number = ${to / segmentPositions}`;
  return row?.root;
}

async function* readLines(sql: postgres.Sql, { from, to }: PositionRange): AsyncGenerator<Buffer> {
  const rows = sql<{ line: string }[]>`select line from pulled_entry
    where stream = ${stream} and position between ${from} and ${to} order by position`.cursor(500);
  for await (const batch of rows) for (const { line } of batch) yield Buffer.from(line);
}

function otherEpoch(): HubError {
  return new HubError('EPOCH_CHANGED', {
    zh: '枢纽的数据流换了世代，已保存的属于前一世代。请先逐条对账，已保存的不删。',
    en: 'The hub’s feed has another epoch than what is kept: reconcile first, and delete nothing.',
  });
}

function notNext(position: number, first: number): HubError {
  return new HubError('INTERNAL', {
    zh: `已保存到位置 ${position}，收到的却从 ${first} 起。`,
    en: `Positions up to ${position} are kept, and ${first} came next.`,
  });
}

function twice(first: number, last: number): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `位置 ${first}–${last} 中有记录版本已以别的位置保存过；未保存，请对账。`,
    en: `Among positions ${first}–${last} are record versions that are kept at other positions: nothing was kept; reconcile.`,
  });
}
