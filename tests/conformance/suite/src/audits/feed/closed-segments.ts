/**
 * FEED-009: closed segments say what the pages say.
 * @see schema/PROTOCOL.md 13
 */
import { nameOf } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed, refuses } from './on-feed.ts';

/** Positions of a closed segment. */
const segmentPositions = 10_000;

/** Closed segments agree with the pages. */
export const closedSegments: Audit = {
  id: 'FEED-009',
  level: 'MUST',
  title: { zh: '封口的段与各页一致', en: 'Closed segments agree with the pages' },
  proves: {
    zh: '段是 10000 行，与按页取得的一字不差；未封口的是 QUERY_INVALID',
    en: 'a segment is 10,000 lines, the same as the pages; one that is not closed is QUERY_INVALID',
  },
  source: 'PROTOCOL.md 13',
  remedy: { zh: '段由同样的变化写成，一行一条', en: 'write segments of the same changes, one a line' },
  run: onFeed(async (audited) => {
    const { feed, judge } = audited;
    const { pages, entries } = await feed.beginning();
    const { segments = 0, head = 0 } = pages[0] ?? {};
    judge.same('segments', { answered: segments, expected: Math.floor(head / segmentPositions) });
    await refuses(audited, { segment: segments + 2 }, 'QUERY_INVALID');
    await refuses(audited, { segment: 0 }, 'QUERY_INVALID');
    if (segments === 0) return;
    const { text } = await feed.endpoint.post('{"segment":1}');
    const lines = text.split('\n');
    judge.same('{"segment":1}: lines', { answered: [lines.length - 1, lines.at(-1)], expected: [segmentPositions, ''] });
    const differs = entries.findIndex((entry, place) => JSON.stringify(entry) !== lines[place]);
    judge.check(differs < 0 || differs >= segmentPositions, () => ({
      asked: `{"segment":1}: ${differs + 1}`,
      answered: '另一行 another line',
      expected: nameOf(entries[differs]),
    }));
  }),
};
