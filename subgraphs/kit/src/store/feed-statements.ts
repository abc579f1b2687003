/**
 * What a database needs besides the tables `outbox`, `feed` and `feed_era` to be sequenced: the era of its cluster, indexes in
 * the order of sequencing, and guards that keep both tables from being altered. All of it may run again and again.
 * @see design/feed.md 2 and 7
 */
import { readFileSync } from 'node:fs';

/** Statements in order, for the schema that the search path names. */
export const feedStatements: readonly string[] = [
  read('feed-era'),
  read('feed-guard'),
  read('feed-guard-trigger'),
  'create index if not exists outbox_order on outbox (era, xid, id)',
  'create index if not exists feed_order on feed (era, xid, outbox)',
  // Writers that opened it themselves would wait for the first one's commit.
  'alter table outbox alter column era set default hub_era()',
  'select hub_era()',
];

function read(name: string): string {
  return readFileSync(new URL(`sql/${name}.sql`, import.meta.url), 'utf8');
}
