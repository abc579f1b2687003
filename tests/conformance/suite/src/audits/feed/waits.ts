/**
 * FEED-012: waits for something new.
 * @see schema/PROTOCOL.md 13
 */
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

const waitMs = 600;
const earlyMs = 100;
const lateMs = 5_000;

/** Waits where there is nothing new. */
export const waits: Audit = {
  id: 'FEED-012',
  level: 'SHOULD',
  title: { zh: '没有新变化时等待', en: 'Waits where there is nothing new' },
  proves: {
    zh: 'waitMs 之内没有新变化，到时答空页；不立即答，也不久拖',
    en: 'with nothing new it answers an empty page when waitMs is over, neither at once nor much later',
  },
  source: 'PROTOCOL.md 13',
  remedy: { zh: '到 waitMs 或有新变化为止再答', en: 'answer when waitMs is over or something new came' },
  run: onFeed(async ({ feed, judge, subject }) => {
    // Of what is rarely there: the end is near, and nothing comes meanwhile.
    const held = new Set((await subject.samples()).map(({ list }) => list.dataset.code));
    const datasets = subject.lists.map(({ dataset }) => dataset.code);
    const filter = { datasets: [datasets.find((code) => !held.has(code)) ?? datasets[0]] };
    const last = (await feed.follow({ snapshot: true, first: 1000, ...filter })).at(-1);
    if (last === undefined || last.more) return;
    const startedMs = performance.now();
    const page = await feed.page({ after: last.cursor, waitMs, ...filter });
    const tookMs = performance.now() - startedMs;
    const waited = page.entries.length > 0 || (tookMs >= waitMs - earlyMs && tookMs < waitMs + lateMs);
    judge.check(waited, () => ({ asked: `{"waitMs":${waitMs}}`, answered: `${Math.round(tookMs)} ms`, expected: `${waitMs} ms` }));
  }),
};
