/**
 * FEED-003: a page is the same whenever it is asked for.
 * @see schema/PROTOCOL.md 13
 */
import { nameOf } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

/** A page is always the same. */
export const samePage: Audit = {
  id: 'FEED-003',
  level: 'MUST',
  title: { zh: '同一页永远一样', en: 'A page is always the same' },
  proves: { zh: '同一个游标再取，变化一字不差', en: 'the same cursor gives the same changes, byte for byte' },
  source: 'PROTOCOL.md 13',
  remedy: { zh: '存下规范文本，取用时不要重新生成', en: 'keep the canonical text and make nothing anew when it is read' },
  run: onFeed(async ({ feed, judge }) => {
    const { pages } = await feed.beginning();
    for (const [place, { entries }] of pages.entries()) {
      const after = pages[place - 1]?.cursor;
      if (entries.length === 0) continue;
      const again = await feed.page({ first: entries.length, ...(after === undefined ? {} : { after }) });
      const differs = entries.find((entry, turn) => JSON.stringify(entry) !== JSON.stringify(again.entries[turn]));
      judge.check(differs === undefined && again.entries.length === entries.length, () => ({
        asked: `第 ${place + 1} 页再取一次 page ${place + 1} again`,
        answered: nameOf(again.entries[differs === undefined ? entries.length : entries.indexOf(differs)]),
        expected: nameOf(differs),
      }));
    }
  }),
};
