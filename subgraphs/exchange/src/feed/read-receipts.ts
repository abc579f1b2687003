/**
 * Receipts to a system, by position in its stream: each is the same text for ever.
 * @see design/feed.md 8
 */
import { sql } from 'kysely';

import type { Receipt } from '../journal/receipt.ts';
import type { ExchangeStore } from '../store/open-store.ts';

/** A receipt as it is told. */
export interface ToldReceipt extends Receipt {
  /** In the stream of receipts to this system: dense, from 1 on. */
  readonly position: number;
  /** The text, JSON with its position. */
  readonly text: string;
}

/** Bytes of a page beyond which it ends early; the first receipt always comes. */
const pageBytes = 4 * 1024 * 1024;

/** Some of a system's receipts. */
export interface ReceiptRange {
  readonly receipts: readonly ToldReceipt[];
  /** Last position of the stream; 0 for none. */
  readonly head: number;
}

/**
 * @param after - Position before the first.
 * @returns At most `first` receipts, in order; a page of 4 MiB ends early.
 */
export async function readReceipts(
  { reading }: Pick<ExchangeStore, 'reading'>,
  system: string,
  { after, first }: { readonly after: number; readonly first: number },
): Promise<ReceiptRange> {
  const stream = `receipts:${system}`;
  const found = await sql<{ text: string }>`
    with page as materialized (
      select f.position, '{"position":' || f.position || ',' || o.body as text
      from feed f join outbox o on o.id = f.outbox where f.system = ${stream} and f.position > ${after}::bigint
      order by f.position limit ${first}
    ), measured as (
      select *, sum(octet_length(text)) over (order by position) as bytes, row_number() over (order by position) as turn from page
    ) select text from measured where turn = 1 or bytes <= ${pageBytes} order by position`.execute(reading);
  const last = await sql<{ position: string }>`select position from feed where system = ${stream} order by position desc limit 1`.execute(
    reading,
  );
  return { receipts: found.rows.map(({ text }) => ({ ...readReceipt(text), text })), head: Number(last.rows[0]?.position ?? 0) };
}

/** What the journal wrote itself is believed. */
function readReceipt(text: string): Omit<ToldReceipt, 'text'> {
  return JSON.parse(text) as Omit<ToldReceipt, 'text'>;
}
