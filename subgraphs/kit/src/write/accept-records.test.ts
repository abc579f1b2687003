import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { accept, put, withdraw } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened[Symbol.asyncDispose]());

describe('the way of a record: judged by the law, then written', () => {
  test('good ones are stored, bad ones answered with all their violations, in the order they came', async () => {
    const target = opened.system();
    const answers = await accept(target, [
      put('PROJECT', 'A', { PROJECT_NAME: '甲', CREATE_TIME: 'gestern', RELATE_CODE: 'x' }),
      put('PROJECT', 'B', { PROJECT_NAME: '乙' }),
      put('NO_SUCH_DATASET', 'C', {}),
      withdraw('PROJECT', 'D'),
    ]);
    expect(
      answers.map(({ incoming, outcome, refusals }) => [
        incoming.record.dataKey,
        outcome?.state,
        refusals.map(({ rule, field }) => `${rule} ${field}`),
      ]),
    ).toEqual([
      ['A', undefined, ['DATE CREATE_TIME', 'CODE_UNKNOWN RELATE_CODE']],
      ['B', 'ACCEPTED', []],
      ['C', undefined, ['DATASET_UNKNOWN ']],
      ['D', 'UNKNOWN', ['WITHDRAWAL_UNKNOWN ']],
    ]);
  });

  test('warnings stay with the record, without the value', async () => {
    const target = opened.system();
    const [answer] = await accept(target, [put('PROJECT', 'A', { PROJECT_NAME: '甲', INVEST_PROJECT_CODE: 'secret-value' })]);
    const stored = await sql<{ warnings: unknown }>`select warnings from construction_project where system = ${target.system.code}`.execute(
      target.store.db,
    );
    expect(stored.rows[0]?.warnings).toEqual(answer?.warnings.map(({ rule, field, messageZh }) => ({ rule, field, message: messageZh })));
    expect(JSON.stringify(stored.rows)).toContain('INVEST_PROJECT_CODE');
    expect(JSON.stringify(stored.rows)).not.toContain('secret-value');
  });

  test('whatever is sent, a batch is answered: one record cannot make the others fail', { timeout: 600_000 }, async () => {
    const datasets = [...opened.store.byType.values()].map(({ dataset }) => dataset);
    const rough = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '\u0000',
        '\ud800',
        '公\u0000',
        '9'.repeat(300),
        '-0',
        '+1.',
        '0000-00-00',
        '99991231235959',
        ';;',
        ' ',
        '￿',
        'é'.repeat(3000),
        '"\\',
      ),
      fc.integer().map(String),
    );
    const record = fc.constantFrom(...datasets).chain((dataset) => {
      const codes = dataset.fields.flatMap(({ wire }) => wire.map(({ code }) => code)).filter((code) => code !== '');
      const fields = fc.dictionary(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...codes) }, { weight: 1, arbitrary: rough }), rough, {
        maxKeys: 6,
      });
      return fc.tuple(fc.oneof(fc.constantFrom('1', '2'), rough), fields).map(([key, content]) => put(dataset.code, key, content));
    });
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 12 }), async (records) => {
        const target = opened.system();
        const good = put('PROJECT', 'good', { PROJECT_NAME: '甲' });
        const answers = await accept(target, [...records, good]);
        expect(answers).toHaveLength(records.length + 1);
        expect(answers.at(-1)?.outcome?.state).toBe('ACCEPTED');
      }),
      { numRuns: process.env['HUB_SIZES'] === 'full' ? 2_000 : 60 },
    );
  });
});
