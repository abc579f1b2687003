/**
 * FEED-001: whether there is a feed at all. A system without one pushes its records; that is allowed.
 * @see schema/PROTOCOL.md 13
 */
import type { Audit } from '../../audit.ts';

/** Serves a feed. */
export const servesFeed: Audit = {
  id: 'FEED-001',
  level: 'SHOULD',
  title: { zh: '提供数据流', en: 'Serves a feed' },
  proves: { zh: 'POST feed 答一页变化', en: 'POST feed answers with a page of changes' },
  source: 'PROTOCOL.md 13',
  remedy: {
    zh: '在 graphql 旁提供 feed，只答数据交换；提供不了的，改为报送（submitRecords）',
    en: 'serve feed beside graphql, for the exchange alone; who cannot sends its records (submitRecords)',
  },
  async run(subject, judge) {
    const state = await subject.feed();
    if ('absent' in state && state.closed) judge.nothing(state.absent);
    else
      judge.check('feed' in state, () => ({ asked: 'POST feed {"first":1}', answered: '不是一页 no page', expected: '一页变化 a page' }));
  },
};
