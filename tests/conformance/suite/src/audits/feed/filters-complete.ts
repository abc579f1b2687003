/**
 * FEED-006: a filtered page is complete for what it scanned.
 * @see schema/PROTOCOL.md 13
 */
import { type Entry, nameOf } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed, refuses } from './on-feed.ts';

/** Filters of each kind. */
const most = 3;

/** Filtered pages are complete for what they scanned. */
export const filtersComplete: Audit = {
  id: 'FEED-006',
  level: 'MUST',
  title: { zh: '筛选的页在所看范围内完整', en: 'Filtered pages are complete for what they scanned' },
  proves: {
    zh: '按数据集、类别筛选，恰得未筛选时所示符合的变化',
    en: 'by dataset and category come exactly the changes that show it unfiltered',
  },
  source: 'PROTOCOL.md 13',
  remedy: { zh: 'scanned.to 只写到确实看过的位置', en: 'say in scanned.to how far was really looked' },
  run: onFeed(async (audited) => {
    const { feed, judge } = audited;
    const { entries, to } = await feed.beginning();
    const datasets = new Set(entries.map(({ dataset }) => String(dataset)));
    const categories = new Set(entries.flatMap(categoriesOf));
    const cases: readonly (readonly [object, (entry: Entry) => boolean])[] = [
      ...[...datasets].slice(0, most).map((code) => [{ datasets: [code] }, ({ dataset }: Entry) => dataset === code] as const),
      // What is older than the feed names no category and is told to all.
      ...[...categories]
        .slice(0, most)
        .map(
          (code) =>
            [{ categories: [code] }, (entry: Entry) => categoriesOf(entry).length === 0 || categoriesOf(entry).includes(code)] as const,
        ),
    ];
    for (const [filter, fits] of cases) {
      const pages = await feed.follow({ ...filter, first: 37 }, to);
      const told = pages.flatMap((page) => page.entries.filter(({ position }) => Number(position) <= to));
      judge.same(JSON.stringify(filter), { answered: told.map(nameOf), expected: entries.filter(fits).map(nameOf) });
      const ends = pages.map(({ from }) => from);
      judge.same(`${JSON.stringify(filter)}: scanned`, { answered: ends, expected: [1, ...pages.slice(0, -1).map((page) => page.to + 1)] });
    }
    await refuses(audited, { datasets: ['NO_SUCH_DATASET'] }, 'FILTER_INVALID');
    await refuses(audited, { categories: ['no such category'] }, 'FILTER_INVALID');
  }),
};

function categoriesOf({ categories }: Entry): readonly string[] {
  return Array.isArray(categories) ? categories.map(String) : [];
}
