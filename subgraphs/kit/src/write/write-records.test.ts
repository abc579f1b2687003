import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { SystemStore } from '../graph/context.ts';
import { put, someInstant, tell, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened[Symbol.asyncDispose]());

const project = (name: string, time?: string) =>
  put('PROJECT', 'P1', { PROJECT_NAME: name, ...(time === undefined ? {} : { DATA_TIMESTAMP: time }) });
const [monday, tuesday, wednesday] = ['20260803080000', '20260804080000', '20260805080000'];

/** Everything the journal holds of a system. */
async function journalOf({ store, system }: SystemStore): Promise<unknown> {
  const versions = await sql<object>`select v.key, v.version, v.op, v.superseded, v.wire->>'PROJECT_NAME' as name, v.data_timestamp as time
    from record_version v where v.system = ${system.code} order by v.key, v.version`.execute(store.db);
  const outbox = await sql<{ told: string }>`select key || ' ' || version || ' ' || op as told from outbox
    where system = ${system.code} order by id`.execute(store.db);
  const counted = await sql<{ messages: number }>`select count(*)::int as messages from message where system = ${system.code}`.execute(
    store.db,
  );
  return { versions: versions.rows, outbox: outbox.rows.map(({ told }) => told), messages: counted.rows[0]?.messages };
}

async function rowsOf({ store, system }: SystemStore): Promise<unknown> {
  const found = await sql<object>`select key, version, i_name as name from construction_project
    where system = ${system.code} order by key`.execute(store.db);
  return found.rows;
}

describe('feed.md 1 and 4: what the one function writes', () => {
  test('a new record: version 1, the message verbatim, its hash, its outbox row, its row', async () => {
    const target = opened.system();
    const record = project('一号项目', monday);
    expect(await tell(target, record)).toEqual(['ACCEPTED 1']);
    const { rows } = await sql<object>`
      select m.format, m.body, m.system, m.received_at = ${someInstant}::timestamptz as on_time,
        v.op, v.superseded, v.contract_version, v.source, v.wire, v.hash = o.hash as told, length(v.hash) as digits,
        o.xid::text::bigint > 0 as fenced, o.version, h.version as last, h.current, h.hash = v.hash as stands, h.data_timestamp
      from message m join record_version v on v.message = m.id
        join outbox o on o.system = v.system and o.dataset = v.dataset and o.key = v.key and o.version = v.version
        join record_head h on h.system = v.system and h.dataset = v.dataset and h.key = v.key
      where m.system = ${target.system.code}`.execute(target.store.db);
    expect(rows).toEqual([
      {
        format: 'json',
        body: record.message.body,
        system: target.system.code,
        on_time: true,
        op: 'put',
        superseded: false,
        contract_version: 'construction@1.0.0',
        source: { kind: 'PUBLISHED', name: '某平台' },
        wire: { PROJECT_NAME: '一号项目', DATA_TIMESTAMP: monday },
        told: true,
        digits: 64,
        fenced: true,
        version: 1,
        last: 1,
        current: 1,
        stands: true,
        data_timestamp: '2026-08-03T00:00:00.000000Z',
      },
    ]);
    expect(await rowsOf(target)).toEqual([{ key: 'P1', version: 1, name: '一号项目' }]);
  });

  test('the same content at another time: UNCHANGED, and nothing is added', async () => {
    const target = opened.system();
    await tell(target, project('甲', monday));
    const before = await journalOf(target);
    expect(await tell(target, project('甲', tuesday), project('甲', monday), project('甲'))).toEqual([
      'UNCHANGED 1',
      'UNCHANGED 1',
      'UNCHANGED 1',
    ]);
    expect(await journalOf(target)).toEqual(before);
  });

  test('newer content: version 2', async () => {
    const target = opened.system();
    expect(await tell(target, project('甲', monday))).toEqual(['ACCEPTED 1']);
    expect(await tell(target, project('乙', tuesday))).toEqual(['ACCEPTED 2']);
    expect(await rowsOf(target)).toEqual([{ key: 'P1', version: 2, name: '乙' }]);
  });

  test('older content: SUPERSEDED, history only', async () => {
    const target = opened.system();
    await tell(target, project('乙', tuesday));
    expect(await tell(target, project('甲', monday))).toEqual(['SUPERSEDED 2']);
    expect(await journalOf(target)).toEqual({
      versions: [
        { key: 'P1', version: 1, op: 'put', superseded: false, name: '乙', time: '2026-08-04T00:00:00.000000Z' },
        { key: 'P1', version: 2, op: 'put', superseded: true, name: '甲', time: '2026-08-03T00:00:00.000000Z' },
      ],
      outbox: ['P1 1 put'],
      messages: 2,
    });
    expect(await rowsOf(target)).toEqual([{ key: 'P1', version: 1, name: '乙' }]);
    expect(await tell(target, project('乙', tuesday)), 'the version that stands, not the last number').toEqual(['UNCHANGED 1']);
    expect(await tell(target, project('丙', wednesday)), 'no number is given twice').toEqual(['ACCEPTED 3']);
  });

  test('which is older is judged by the instant, whatever form it is written in', async () => {
    const target = opened.system();
    expect(await tell(target, project('乙', '2026-08-04 08:00:00'))).toEqual(['ACCEPTED 1']);
    expect(await tell(target, project('甲', '20260803080000'))).toEqual(['SUPERSEDED 2']);
    expect(await tell(target, project('丙', '2026/08/05'))).toEqual(['ACCEPTED 3']);
  });

  test('A→B→A with newer times is a new version', async () => {
    const target = opened.system();
    const told = await tell(target, project('甲', monday), project('乙', tuesday), project('甲', wednesday));
    expect(told).toEqual(['ACCEPTED 1', 'ACCEPTED 2', 'ACCEPTED 3']);
    expect(await rowsOf(target)).toEqual([{ key: 'P1', version: 3, name: '甲' }]);
  });

  test('what the sender repeated later outlives what it said in between', async () => {
    const target = opened.system();
    const told = await tell(target, project('甲', monday), project('甲', wednesday), project('乙', tuesday));
    expect(told).toEqual(['ACCEPTED 1', 'UNCHANGED 1', 'SUPERSEDED 2']);
    expect(await rowsOf(target)).toEqual([{ key: 'P1', version: 1, name: '甲' }]);
  });

  test('a file sent again adds nothing, even where it replaces, withdraws and comes out of order', async () => {
    const target = opened.system();
    const file = [
      project('甲', monday),
      project('乙', monday),
      project('丁', '20260801000000'),
      withdraw('PROJECT', 'P1', { DATA_TIMESTAMP: tuesday }),
      project('丙', wednesday),
    ];
    expect(await tell(target, ...file)).toEqual(['ACCEPTED 1', 'ACCEPTED 2', 'SUPERSEDED 3', 'ACCEPTED 4', 'ACCEPTED 5']);
    const before = await journalOf(target);
    expect(await tell(target, ...file)).toEqual(['UNCHANGED 1', 'UNCHANGED 2', 'UNCHANGED 3', 'UNCHANGED 4', 'UNCHANGED 5']);
    expect(await journalOf(target)).toEqual(before);
  });

  test('a record without a time replaces what stands, and does not forget when that was said', async () => {
    const target = opened.system();
    const told = await tell(target, project('甲', tuesday), project('乙'), project('丙', monday));
    expect(told).toEqual(['ACCEPTED 1', 'ACCEPTED 2', 'SUPERSEDED 3']);
  });

  test('the same key twice in a batch is written twice, in order', async () => {
    const target = opened.system();
    expect(await tell(target, project('甲'), project('乙'))).toEqual(['ACCEPTED 1', 'ACCEPTED 2']);
    expect(await rowsOf(target)).toEqual([{ key: 'P1', version: 2, name: '乙' }]);
  });

  test('an empty batch does nothing', async () => {
    expect(await tell(opened.system())).toEqual([]);
  });
});

describe('feed.md 7: withdrawals', () => {
  test('a withdrawal is a version and a tombstone; the row goes', async () => {
    const target = opened.system();
    const told = await tell(target, project('甲', monday), withdraw('PROJECT', 'P1', { DATA_TIMESTAMP: tuesday }));
    expect(told).toEqual(['ACCEPTED 1', 'ACCEPTED 2']);
    expect(await journalOf(target)).toEqual({
      versions: [
        { key: 'P1', version: 1, op: 'put', superseded: false, name: '甲', time: '2026-08-03T00:00:00.000000Z' },
        { key: 'P1', version: 2, op: 'withdraw', superseded: false, name: null, time: '2026-08-04T00:00:00.000000Z' },
      ],
      outbox: ['P1 1 put', 'P1 2 withdraw'],
      messages: 2,
    });
    expect(await rowsOf(target)).toEqual([]);
  });

  test('withdrawn twice is withdrawn once', async () => {
    const target = opened.system();
    expect(await tell(target, project('甲'), withdraw('PROJECT', 'P1'), withdraw('PROJECT', 'P1'))).toEqual([
      'ACCEPTED 1',
      'ACCEPTED 2',
      'UNCHANGED 2',
    ]);
  });

  test('what is older than the withdrawal does not bring the record back; what is newer does', async () => {
    const target = opened.system();
    await tell(target, project('甲', monday), withdraw('PROJECT', 'P1', { DATA_TIMESTAMP: wednesday }));
    expect(await tell(target, project('乙', tuesday))).toEqual(['SUPERSEDED 3']);
    expect(await rowsOf(target)).toEqual([]);
    expect(await tell(target, project('甲', '20260806080000'))).toEqual(['ACCEPTED 4']);
    expect(await rowsOf(target)).toEqual([{ key: 'P1', version: 4, name: '甲' }]);
  });

  test('a withdrawal of what never was is refused and leaves nothing, not even a head', async () => {
    const target = opened.system();
    expect(await tell(target, withdraw('PROJECT', 'P1'), project('甲'))).toEqual(['WITHDRAWAL_UNKNOWN', 'ACCEPTED 1']);
    expect(await tell(target, withdraw('PROJECT', 'P2'))).toEqual(['WITHDRAWAL_UNKNOWN']);
    const heads = await sql<{ key: string }>`select key from record_head where system = ${target.system.code}`.execute(target.store.db);
    expect(heads.rows).toEqual([{ key: 'P1' }]);
  });
});

test('a fault in the middle of a batch leaves nothing of it', async () => {
  const target = opened.system();
  const failing = { ...target, system: { ...target.system, platformCodes: [] } };
  await sql`alter table deal add constraint no_such_lot check (i_lot_code <> 'FAULT' or system <> ${sql.lit(target.system.code)})`.execute(
    target.store.db,
  );
  const lot = put('SECTION', 'S1', { BID_SECTION_CODE: 'FAULT', BID_SECTION_NAME: '标段' });
  await expect(tell(failing, project('甲'), lot)).rejects.toThrow('no_such_lot');
  expect(await journalOf(target)).toEqual({ versions: [], outbox: [], messages: 0 });
  expect(await rowsOf(target)).toEqual([]);
  expect(await tell(target, project('甲'))).toEqual(['ACCEPTED 1']);
});

test('text that no index entry could hold is stored all the same', async () => {
  const target = opened.system();
  const long = Array.from({ length: 2_000 }, (_, place) => String.fromCodePoint(0x4e00 + ((place * 7919) % 20_000))).join('');
  const notice = put('TENDER_ANN_QUA_INQUERY_ANN', 'N1', {
    NOTICE_NAME: long.slice(0, 600),
    TRAD_CENTER_NAME: long,
    BID_SECTION_CODES: long,
    TENDERER_NAME: long.slice(0, 200),
  });
  const tenderers = put('TENDER_PROJECT', 'T1', { TENDERER_NAME: long, TENDERER_CODE: long });
  const key = Array.from({ length: 500 }, (_, place) => String.fromCodePoint(0x20000 + ((place * 7919) % 20_000))).join('');
  expect(await tell(target, notice, tenderers)).toEqual(['ACCEPTED 1', 'ACCEPTED 1']);
  expect(await tell(target, put('PROJECT', key, {}))).toEqual(['KEY_TOO_LONG']);
  expect(await tell(target, put('PROJECT', '键'.repeat(500), {}))).toEqual(['ACCEPTED 1']);
});
