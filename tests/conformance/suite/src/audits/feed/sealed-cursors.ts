/**
 * FEED-007: cursors are sealed, of one system and one filter.
 * @see schema/PROTOCOL.md 13
 */
import { textAt } from '../../ask/json-value.ts';
import type { Audit } from '../../audit.ts';
import { onFeed, refuses } from './on-feed.ts';

/** Cursors are sealed, and of one filter. */
export const sealedCursors: Audit = {
  id: 'FEED-007',
  level: 'MUST',
  title: { zh: '游标密封，只属于一种筛选', en: 'Cursors are sealed, and of one filter' },
  proves: {
    zh: '改过的、别的筛选的、不是游标的都是 CURSOR_INVALID',
    en: 'altered ones, those of another filter and what is none are CURSOR_INVALID',
  },
  source: 'PROTOCOL.md 13',
  remedy: {
    zh: '游标用带认证的加密，含系统、世代、筛选和位置',
    en: 'encrypt cursors with authentication, over system, epoch, filter and position',
  },
  run: onFeed(async (audited) => {
    const { pages } = await audited.feed.beginning();
    const { cursor = '' } = pages[0] ?? {};
    const dataset = textAt(pages[0]?.entries[0], 'dataset');
    for (const place of [0, Math.floor(cursor.length / 2), cursor.length - 2]) {
      const other = cursor[place] === 'A' ? 'B' : 'A';
      await refuses(audited, { after: `${cursor.slice(0, place)}${other}${cursor.slice(place + 1)}` }, 'CURSOR_INVALID');
    }
    for (const after of ['', 'x', '1', cursor.slice(0, -4)]) await refuses(audited, { after }, 'CURSOR_INVALID');
    if (dataset !== '') await refuses(audited, { after: cursor, datasets: [dataset] }, 'CURSOR_INVALID');
  }),
};
