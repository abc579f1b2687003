/**
 * FEED-011: what may be asked.
 * @see schema/PROTOCOL.md 13
 */
import type { Audit } from '../../audit.ts';
import { onFeed, refuses } from './on-feed.ts';

/** The bounds of requests. */
export const requestBounds: Audit = {
  id: 'FEED-011',
  level: 'MUST',
  title: { zh: '请求的界限', en: 'The bounds of requests' },
  proves: {
    zh: 'first 只认 1 至 1000，waitMs 至多 20000，不认识的成员被拒',
    en: 'first is from 1 to 1000, waitMs 20000 at most, and unknown members are refused',
  },
  source: 'PROTOCOL.md 13',
  remedy: { zh: '先按第 13 节的表检查请求，再去读', en: 'judge a request by the table of section 13 before anything is read' },
  run: onFeed(async (audited) => {
    for (const first of [0, -1, 1001]) await refuses(audited, { first }, 'PAGE_SIZE_INVALID');
    const { cursor, head } = await audited.feed.page({ first: 1 });
    const others = [
      { waitMs: -1 },
      { waitMs: 20_001 },
      { other: 1 },
      { after: cursor, snapshot: true },
      { snapshot: head + 1_000_000 },
      '',
      '[]',
      '{',
    ];
    for (const request of others) await refuses(audited, request, 'QUERY_INVALID');
    const { entries } = await audited.feed.page({ first: 3 });
    audited.judge.check(entries.length <= 3, () => ({ asked: '{"first":3}', answered: String(entries.length), expected: '≤ 3' }));
  }),
};
