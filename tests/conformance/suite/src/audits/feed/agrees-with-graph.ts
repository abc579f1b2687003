/**
 * FEED-013: what stands in the feed is what the graph shows.
 * @see schema/PROTOCOL.md 13
 */
import { encodeRecordId } from '@hub/schema';

import { nameOf } from '../../subject/feed.ts';
import type { Audit } from '../../audit.ts';
import { onFeed } from './on-feed.ts';

/** The board's rows are made from records, and are no changes. */
const derived: readonly string[] = ['Notice', 'Deal'];

/** The snapshot agrees with the graph. */
export const agreesWithGraph: Audit = {
  id: 'FEED-013',
  level: 'MUST',
  title: { zh: '快照与图一致', en: 'The snapshot agrees with the graph' },
  proves: {
    zh: '图上看得见的记录都在快照里，快照里的都看得见：封存的一条也没有',
    en: 'what the graph shows is in the snapshot, and what is there the graph shows: nothing sealed is told',
  },
  source: 'PROTOCOL.md 5, 13',
  remedy: {
    zh: '写记录的同一事务写数据流；封存的变化到封存结束才进入',
    en: 'write the feed in the record’s own transaction; let sealed changes in when their seal ends',
  },
  run: onFeed(async ({ feed, judge, subject }) => {
    const samples = (await subject.samples()).filter(({ list: { dataset } }) => !derived.includes(dataset.type));
    const shown = new Map(
      samples.map(({ list: { dataset }, rows, complete }) => [dataset.code, { dataset, complete, ids: new Set(rows.map(({ id }) => id)) }]),
    );
    for (const [code, { dataset, ids, complete }] of shown) {
      const pages = await feed.follow({ snapshot: true, datasets: [code], first: 1000 });
      const at = pages[0]?.snapshot;
      const standing = pages.filter(({ snapshot }) => snapshot === at).flatMap(({ entries }) => entries);
      const told = new Set(standing.map(({ key }) => encodeRecordId({ system: subject.system, type: dataset.type, key: String(key) })));
      // A record with a sealed field is shown without it, and told when it opens.
      const due = dataset.fields.some((field) => field.sealed !== undefined) ? [] : [...ids];
      const untold = due.filter((id) => !told.has(id));
      judge.same(`${code}: 图有而快照没有 in the graph alone`, { answered: untold, expected: [] });
      const hidden = complete ? [...told].filter((id) => !ids.has(id)) : [];
      judge.same(`${code}: 快照有而图没有 in the snapshot alone`, { answered: hidden, expected: [] });
    }
    const sealed = subject.lists.filter(({ dataset }) => dataset.sealed !== undefined && !shown.has(dataset.code));
    for (const { dataset } of sealed) {
      const { entries } = await feed.page({ snapshot: true, datasets: [dataset.code], first: 1000 });
      judge.same(`${dataset.code}: 图没有 none in the graph`, { answered: entries.map(nameOf), expected: [] });
    }
  }),
};
