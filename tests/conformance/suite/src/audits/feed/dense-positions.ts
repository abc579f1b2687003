/**
 * FEED-002: positions are dense, and pages follow each other.
 * @see schema/PROTOCOL.md 13
 */
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

/** Positions are dense. */
export const densePositions: Audit = {
  id: 'FEED-002',
  level: 'MUST',
  title: { zh: '位置稠密', en: 'Positions are dense' },
  proves: { zh: '各页首尾相接，每个位置恰有一条变化', en: 'pages follow each other, and each position has exactly one change' },
  source: 'PROTOCOL.md 13',
  remedy: {
    zh: '由一个程序、一条语句依提交先后给出位置，不用序列',
    en: 'give positions by one program and one statement behind all open transactions, not by a sequence',
  },
  run: onFeed(async ({ feed, judge }) => {
    const { pages } = await feed.beginning();
    let last = 0;
    for (const { from, to, entries, head, more } of pages) {
      const due = Array.from({ length: Math.max(0, to - last) }, (_, place) => last + 1 + place);
      judge.same(`scanned ${from}–${to}`, { answered: [from, ...entries.map(({ position }) => position)], expected: [last + 1, ...due] });
      judge.check(to <= head && more === to < head, () => ({
        asked: `more, scanned ${from}–${to}`,
        answered: `more ${more}, head ${head}`,
        expected: 'more: to < head',
      }));
      last = to;
    }
  }),
};
