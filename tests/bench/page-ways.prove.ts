/**
 * Where the limits lie between three ways to a page of many systems: every system gives a whole page; keys first, then the
 * winners by id; a portion from each first, then more from those that have it.
 * @see design/partitioning.md «Page»
 */
import { loadavg } from 'node:os';

import { openTestDatabase } from '@hub/kit/testing';
import { expect, test } from 'vitest';

import { root } from '../support/repository.ts';
import { recordFigures } from '../support/results.ts';
import { openDirectClient } from './clients.ts';
import { keysFirst, type Page, portionsFirst, type Way, wholePages } from './page-ways.ts';
import { bodiesSentFor, startProvinceSystems } from './province.ts';
import { patience, sideBySide } from './stopwatch.ts';

interface Wanted {
  readonly field: string;
  readonly type: string;
  readonly selection: string;
}

const notices = { field: 'notices', type: 'Notice' } as const;
const tenderProjects = { field: 'tenderProjects', type: 'TenderProject' } as const;
const bids = 'bids { bidders { name } price { yuan } } awardNotices { title winners { name } }';
const wanted: Readonly<Record<string, Wanted>> = {
  'notices: title': { ...notices, selection: '{ id title }' },
  'notices: as in a list': {
    ...notices,
    selection: '{ id title publishedAt stage { label } category { label } region { name } system { code name } }',
  },
  'notices: with html and text': { ...notices, selection: '{ id title publishedAt html text }' },
  'tenderProjects: as in a list': { ...tenderProjects, selection: '{ code name createdAt system { code name } }' },
  'tenderProjects: with sections': { ...tenderProjects, selection: '{ code name sections { code name } }' },
  'tenderProjects: with sections, bids, results': { ...tenderProjects, selection: `{ code name sections { code name ${bids} } }` },
};
const ways: Readonly<Record<string, Way>> = { keysFirst, portionsFirst };

test('keys first and portions first give the page that whole pages give', patience, async () => {
  const loadAtStart = loadavg()[0];
  await using database = await openTestDatabase();
  await using systems = await startProvinceSystems(database.url, `${root}/schema/province`);
  await using client = openDirectClient(systems.systems);
  const codes = systems.systems.map(({ code }) => code);
  const figures: Record<string, unknown> = {};
  for (const [name, { field, type, selection }] of Object.entries(wanted)) {
    for (const first of [20, 100]) {
      const [wholeBody = ''] = await bodiesSentFor(`{ ${field}(first: ${first}) { nodes ${selection} } }`, 1);
      const [keysBody = ''] = await bodiesSentFor(`{ ${field}(first: ${first}) { edges { cursor } } }`, 1);
      const page: Page = { client, systems: codes, first, type, selection, wholeBody, keysBody };
      const whole = await wholePages(page);
      for (const [wayName, way] of Object.entries(ways)) {
        const taken = await way(page);
        expect(taken.nodes).toEqual(whole.nodes);
        for (const concurrency of [1, 8]) {
          const timing = { count: 60, warmUp: 5, concurrency };
          figures[`${name}, first ${first}, ${wayName} ×${concurrency}`] = {
            bytes: { ours: taken.bytes, peer: whole.bytes },
            ...(await sideBySide({ ours: () => way(page), peer: () => wholePages(page) }, timing)),
          };
        }
      }
    }
  }
  await recordFigures('page-ways', { systems: systems.systems.length, loadAtStart, pages: figures });
});
