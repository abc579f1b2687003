/** @see standard/exchange.md 9; store/tables/quality.sql */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { releaseWaiting } from '../journal/release-waiting.ts';
import { takePage } from '../journal/take-page.ts';
import type { TakenEntry } from '../journal/taken-page.ts';
import { type TestExchange, entryOf, lenientContracts, openTestExchange, pageOf, parentRules } from '../testing/index.ts';

let exchange: TestExchange;
// Noon of 10 November 2026 in UTC+8; days pass when a test says so.
let nowMs = Date.UTC(2026, 10, 10, 4);
const clock = { nowMs: () => nowMs };
beforeAll(async () => {
  exchange = await openTestExchange({ clock });
});
afterAll(() => exchange[Symbol.asyncDispose]());

type Sent = Readonly<Record<string, string>>;
const notice = (position: number, fields: Sent, key = `N${position}`): TakenEntry =>
  entryOf({ dataset: 'TENDER_ANN_QUA_INQUERY_ANN', key, position, fields });
const result = (position: number, lot: string): TakenEntry =>
  entryOf({ dataset: 'WIN_RESULT_ANNO', key: `R${position}`, position, fields: { BID_SECTION_CODE: lot } });
const take = (system: string, entries: readonly TakenEntry[], offsetMs?: number) =>
  takePage(exchange.store, pageOf(system, entries, { offsetMs }));

const figures = (system: string) => exchange.sql`select dataset, category, day::text, changes, accepted, refused, waiting, conforming,
  accurate, same_day, days_2_3, days_4_7, later, ahead from quality_day where system = ${system} order by day, dataset`;
const rules = (system: string) => exchange.sql`select rule, field, severity, changes from quality_rule_day where system = ${system}
  and rule not like 'REQUIRED%' order by rule, field`;
const stages = (system: string) =>
  exchange.sql`select day::text, stage, lots from quality_stage_day where system = ${system} order by stage, day`;
const repaired = (system: string) => exchange.sql`select day::text, repaired from quality_repair_day where system = ${system} order by day`;

describe('Timeliness', () => {
  test('is counted by calendar days in UTC+8; what comes before it happened is a violation', async () => {
    const system = exchange.system();
    const days = ['20261110', '20261110115959', '20261109', '20261108235959', '20261107', '20261104', '20261103', '20261111', ''];
    await take(
      system,
      days.map((day, place) => notice(place + 1, { NOTICE_SEND_TIME: day })),
    );
    expect(await figures(system)).toMatchObject([
      { day: '2026-11-10', category: 'construction', changes: 9, same_day: 2, days_2_3: 2, days_4_7: 2, later: 1, ahead: 1 },
    ]);
    expect((await rules(system)).filter(({ rule }) => rule === 'TIME_AHEAD')).toEqual([
      { rule: 'TIME_AHEAD', field: 'NOTICE_SEND_TIME', severity: 'warning', changes: 1 },
    ]);
  });

  test('what is sealed, and comes when its seal ends, is measured by when its system had it', async () => {
    const system = exchange.system();
    const fields = { BIDDER_NAME: '甲', DATA_TIMESTAMP: '20261020090000' };
    const bid = entryOf({ dataset: 'TENDER_LIST', key: 'T', position: 1, fields, dataTimestamp: '20261020090000' });
    await take(system, [{ ...bid, receivedAt: '2026-10-20T01:00:05.000000Z' }]);
    expect(await figures(system)).toMatchObject([{ changes: 1, same_day: 1, later: 0 }]);
  });

  test('a clock that is known to be ahead makes no violation', async () => {
    const [fast, slow] = [exchange.system(), exchange.system()];
    const entries = [notice(1, { NOTICE_SEND_TIME: '20261110120500' })];
    await take(fast, entries, 300_000);
    await take(slow, entries, -300_000);
    expect([...(await figures(fast)), ...(await figures(slow))]).toMatchObject([
      { same_day: 1, ahead: 0 },
      { same_day: 0, ahead: 1 },
    ]);
  });
});

describe('Conformity, accuracy and repair', () => {
  const unreadable = { rule: 'MESSAGE_UNREADABLE', severity: 'refusal', field: '', messageZh: '读不成', messageEn: 'unreadable' } as const;
  const wrong = { PRICE_UNIT: '7' };

  test('what breaks a rule of form does not conform; what conforms and breaks another is not accurate', async () => {
    const system = exchange.system();
    const section = (position: number, fields: Sent) => entryOf({ dataset: 'PROJECT', key: `P${position}`, position, fields });
    const whole = {
      dataset: 'BOARD_NOTICE',
      fields: { TITLE: '公告', CATEGORY: 'construction', STAGE: 'TENDER', PUBLISHED_AT: '20261110' },
    };
    await take(system, [
      entryOf({ ...whole, key: 'B1', position: 1, categories: [] }),
      entryOf({
        ...whole,
        key: 'B2',
        position: 2,
        categories: [],
        fields: { ...whole.fields, URL: 'no address', PUBLISHED_AT: '20261110090000' },
      }),
      section(3, { NO_SUCH_FIELD: '1' }),
      { position: 4, raw: '{', violation: unreadable },
    ]);
    const told = await figures(system);
    expect(
      told.map(({ dataset, conforming, accurate, accepted, refused }) => ({ dataset, conforming, accurate, accepted, refused })),
    ).toEqual([
      { dataset: '', conforming: 0, accurate: 0, accepted: 0, refused: 1 },
      { dataset: 'BOARD_NOTICE', conforming: 1, accurate: 0, accepted: 2, refused: 0 },
      { dataset: 'PROJECT', conforming: 0, accurate: 0, accepted: 1, refused: 0 },
    ]);
  });

  test('a refusal is repaired once, on its own day, by the next version that is accepted', async () => {
    const system = exchange.system();
    const section = (position: number, fields: Sent) => entryOf({ dataset: 'SECTION', key: 'S', position, version: position, fields });
    await take(system, [section(1, wrong), section(2, wrong)]);
    nowMs += 86_400_000;
    const mended = await take(system, [section(3, { BID_SECTION_NAME: '一标段' })]);
    await take(system, [section(4, { BID_SECTION_NAME: '二标段' })]);
    nowMs -= 86_400_000;
    expect(mended).toMatchObject({ accepted: 1 });
    expect(await repaired(system)).toEqual([{ day: '2026-11-10', repaired: 2 }]);
  });

  test('a page that comes again counts nothing', async () => {
    const system = exchange.system();
    await take(system, [notice(1, { NOTICE_SEND_TIME: '20261110' })]);
    const once = await figures(system);
    await take(system, [notice(1, { NOTICE_SEND_TIME: '20261110' })]);
    expect(await figures(system)).toEqual(once);
    expect(await exchange.sql`select hour, changes from quality_hour where system = ${system}`).toMatchObject([{ changes: 1 }]);
  });
});

test('a change that waits is counted when it comes, and what it breaks when it is decided', async () => {
  const system = exchange.system();
  const fields = { TENDER_PROJECT_CODE: 'T1', BID_SECTION_NAME: '一' };
  const section = entryOf({ dataset: 'SECTION', key: 's', position: 1, fields, source: { kind: 'SYSTEM' } });
  const store = await exchange.another({ contracts: lenientContracts(), rules: parentRules(), clock });
  await takePage(store, pageOf(system, [section]));
  const [before] = await figures(system);
  nowMs += 100 * 3_600_000;
  await releaseWaiting(store);
  nowMs -= 100 * 3_600_000;
  const [after] = await figures(system);
  expect(
    [before, after].map((row) => ({ day: row?.['day'], changes: row?.['changes'], waiting: row?.['waiting'], refused: row?.['refused'] })),
  ).toEqual([
    { day: '2026-11-10', changes: 1, waiting: 1, refused: 0 },
    { day: '2026-11-10', changes: 1, waiting: 0, refused: 1 },
  ]);
});

test('stages count for a lot on the day its outcome comes, whichever came first', async () => {
  const system = exchange.system();
  const lots = { BID_SECTION_CODES: 'E1;E2', NOTICE_SEND_TIME: '20261110' };
  await take(system, [notice(1, lots), result(2, 'E1'), notice(3, { ...lots, BULLETIN_TYPE: '1' })]);
  expect(await stages(system)).toEqual([
    { day: '2026-11-10', stage: 'AWARD', lots: 1 },
    { day: '2026-11-10', stage: 'TENDER', lots: 1 },
  ]);
  nowMs += 86_400_000;
  await take(system, [result(4, 'E9')]);
  await take(system, [notice(5, { ...lots, BID_SECTION_CODES: 'E9' })]);
  nowMs -= 86_400_000;
  expect(await stages(system)).toMatchObject([
    { day: '2026-11-10', stage: 'AWARD', lots: 1 },
    { day: '2026-11-11', stage: 'AWARD', lots: 1 },
    { day: '2026-11-10', stage: 'TENDER', lots: 1 },
    { day: '2026-11-11', stage: 'TENDER', lots: 1 },
  ]);
});
