/**
 * A program's own law only sows: afterwards it is proposed like any other, once.
 * @see README «契约的变更 · Changes of contracts»
 */
import { manualClock } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { openRegistryStore, type RegistryStore } from '../store/open-store.ts';
import { keepReport } from '../usage/keep-report.ts';
import { readReport } from '../usage/read-report.ts';
import { openExaminer, type OpenExaminer } from './open-examiner.ts';
import { ownTexts } from './own-law.ts';
import { openReleaseBook } from './release-book.ts';
import { releaseEntity } from './release-entity.ts';
import type { ContractTexts } from './release-texts.ts';
import { seedContracts } from './seed-contracts.ts';

const nowMs = Date.parse('2026-11-23T04:00:00Z');
const clock = manualClock(nowMs);
/** The law of a program that comes later: few contracts, so that composing them takes no time. */
const later = (kept: RegExp): ContractTexts => ({ ...ownTexts(), contracts: ownTexts().contracts.filter((text) => kept.test(text)) });
let opened: AsyncDisposableStack;
let store: RegistryStore;
let examiner: OpenExaminer;

beforeEach(async () => {
  opened = new AsyncDisposableStack();
  const database = opened.use(await openTestDatabase());
  store = opened.use(await openRegistryStore(database.url, clock));
  examiner = opened.use(openExaminer());
});
afterEach(() => opened.disposeAsync());

const start = (texts?: ContractTexts) => {
  const parts = { store, clock, examine: examiner.examine, book: openReleaseBook() };
  return texts === undefined ? seedContracts(parts) : seedContracts(parts, texts);
};
const states = () =>
  store.read(async (em) =>
    (await em.find(releaseEntity, {}, { orderBy: { number: 'asc' } })).map(({ state, proposedBy }) => `${state} ${proposedBy}`),
  );

test(
  'the first start sows, a later program’s law comes in force by itself when it breaks nothing that is used',
  { timeout: 30_000 },
  async () => {
    expect(await start()).toEqual({ inForce: 1, own: null, waits: false });
    expect(await start()).toEqual({ inForce: 1, own: null, waits: false });
    expect(await start(later(/name: "(board|registry|sink)"/))).toEqual({ inForce: 2, own: null, waits: false });
    // The earlier program, started again, does not undo that.
    expect(await start()).toEqual({ inForce: 2, own: 1, waits: false });
    expect(await states()).toEqual(['EARLIER release', 'IN_FORCE release']);
  },
);

test('what breaks what is used waits, and is proposed once however often the program starts', { timeout: 30_000 }, async () => {
  await start(later(/name: "(board|registry|sink)"/));
  const counts = [{ hour: new Date(nowMs), client: 'hall', requests: 1, errors: 0 }];
  const operations = readReport(
    {
      run: 'a-run-of-a-gateway',
      batch: 1,
      operations: [{ text: '{ sinkNotices { totalCount } }', fields: ['Query.sinkNotices'], given: [], counts }],
    },
    nowMs,
  );
  await store.write((em) => keepReport(em, { operations, nowMs }));
  const smaller = later(/name: "(board|registry)"/);
  expect(await start(smaller)).toEqual({ inForce: 1, own: 2, waits: true });
  expect(await start(smaller)).toEqual({ inForce: 1, own: 2, waits: true });
  expect(await states()).toEqual(['IN_FORCE release', 'PROPOSED release']);
});
