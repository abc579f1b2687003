/**
 * FEED-008: a snapshot, then the changes from the next position on.
 * @see schema/PROTOCOL.md 13
 */
import { type Entry, nameOf } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

/** A snapshot goes on with the changes. */
export const snapshotTail: Audit = {
  id: 'FEED-008',
  level: 'MUST',
  title: { zh: '快照之后接着给变化', en: 'A snapshot goes on with the changes' },
  proves: {
    zh: '快照恰是该位置上现行的记录，同一个游标接着从下一位置给变化',
    en: 'a snapshot is exactly what stands there, and its cursor goes on from the next position',
  },
  source: 'PROTOCOL.md 13',
  remedy: {
    zh: '快照按位置取每条记录最后的一版，撤销的不给',
    en: 'of each record give the last version up to the position, none that is withdrawn',
  },
  run: onFeed(async ({ feed, judge }) => {
    const { entries, to } = await feed.beginning();
    const at = Math.floor(to / 2);
    if (at === 0) return;
    const standing = new Map<string, Entry>();
    for (const entry of entries.filter(({ position }) => Number(position) <= at)) {
      standing.set(JSON.stringify([entry['dataset'], entry['key']]), entry);
    }
    const due = [...standing.values()].filter(({ op }) => op === 'put').toSorted((a, b) => Number(a['position']) - Number(b['position']));
    const pages = await feed.follow({ snapshot: at, first: 41 }, to);
    const [told, tail] = [pages.filter(({ snapshot }) => snapshot === at), pages.filter(({ snapshot }) => snapshot === null)];
    judge.same(`{"snapshot":${at}}`, { answered: told.flatMap((page) => page.entries.map(nameOf)), expected: due.map(nameOf) });
    judge.same(`{"snapshot":${at}}: to`, { answered: told.at(-1)?.to, expected: at });
    const rest = entries.filter(({ position }) => Number(position) > at);
    const followed = tail.flatMap((page) => page.entries).filter(({ position }) => Number(position) <= to);
    judge.same(`{"snapshot":${at}}, then`, { answered: followed.map(nameOf), expected: rest.map(nameOf) });
  }),
};
