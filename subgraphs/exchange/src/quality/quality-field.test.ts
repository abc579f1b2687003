/** @see schema/contracts/exchange.graphql «Quality» */
import { encodeRecordId } from '@hub/schema';
import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { buildExchangeSchema } from '../graph/exchange-schema.ts';
import { takePage } from '../journal/take-page.ts';
import { type TestExchange, entryOf, openTestExchange, pageOf } from '../testing/index.ts';

const schema = buildExchangeSchema();
let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange({ clock: { nowMs: () => Date.UTC(2026, 10, 10, 4) } });
});
afterAll(() => exchange[Symbol.asyncDispose]());

const ask = (source: string) => graphql({ schema, source, contextValue: { store: exchange.store, sql: exchange.sql } });

test('what was counted is told by system and trade, with the share of stages that lots with an outcome have', async () => {
  const system = exchange.system();
  const lots = { BID_SECTION_CODES: 'E1;E2', NOTICE_SEND_TIME: '20261110' };
  await takePage(
    exchange.store,
    pageOf(system, [
      entryOf({ dataset: 'TENDER_ANN_QUA_INQUERY_ANN', key: 'N', position: 1, fields: lots }),
      entryOf({ dataset: 'WIN_RESULT_ANNO', key: 'R', position: 2, fields: { BID_SECTION_CODE: 'E1', NOTICE_SEND_TIME: '20261101' } }),
      entryOf({ dataset: 'NO_SUCH', key: 'X', position: 3 }),
    ]),
  );
  const { data, errors } = await ask(`{ quality(from: "2026-11-01", to: "2026-11-10", systems: ["${system}"]) {
    cells { category categoryZh categoryEn completeness figures { changes accepted refused timeliness conformity repairRate }
      stages { stage lots expected } datasets { dataset } violations { rule severity changes messageZh messageEn } }
    days { day figures { changes } } pulses { changes expected silent } } }`);
  expect(errors).toBeUndefined();
  expect(JSON.parse(JSON.stringify(data))).toMatchObject({
    quality: {
      cells: [
        {
          category: 'construction',
          categoryZh: '工程建设',
          categoryEn: 'Construction',
          completeness: '0.5',
          figures: { changes: 3, accepted: 2, refused: 1, timeliness: '0.5', conformity: '0', repairRate: '0' },
          stages: [
            { stage: 'TENDER', lots: 1, expected: true },
            { stage: 'OPENING', lots: 0, expected: true },
            { stage: 'CANDIDATES', lots: 0, expected: true },
            { stage: 'AWARD', lots: 1, expected: true },
          ],
          violations: expect.arrayContaining([
            {
              rule: 'DATASET_UNKNOWN',
              severity: 'REFUSAL',
              changes: 1,
              messageZh: '本系统没有这个数据集。',
              messageEn: 'The system has no such dataset.',
            },
          ]),
          datasets: [{ dataset: 'NO_SUCH' }, { dataset: 'TENDER_ANN_QUA_INQUERY_ANN' }, { dataset: 'WIN_RESULT_ANNO' }],
        },
      ],
      days: [{ day: '2026-11-10', figures: { changes: 3 } }],
      pulses: [{ changes: 3, expected: null, silent: false }],
    },
  });
});

test.each([
  ['2026-11-10', '2026-11-09'],
  ['2025-01-01', '2026-11-10'],
])('days from %s to %s are refused', async (from, to) => {
  const { errors = [] } = await ask(`{ quality(from: "${from}", to: "${to}") { from } }`);
  expect(errors.map(({ originalError }) => originalError)).toMatchObject([{ code: 'FILTER_INVALID' }]);
});

test('what is no id of a record is quoted in few words', async () => {
  const { errors = [] } = await ask(`{ recordStates(id: "${'x'.repeat(5_000)}") { level } }`);
  expect(errors.map(({ message }) => message)).toEqual([`${'x'.repeat(80)}… 不是记录标识。`]);
});

test('government is told nothing of rules about restricted fields, in no list; those who may read them are told', async () => {
  const [system, key] = [exchange.system(), '91990000MA0000011K'];
  for (const [place, length] of [400, 1].entries()) {
    const fields = { LEGAL_CODE: key, BASIC_ACCOUNT_NO: '9'.repeat(length) };
    const entry = entryOf({ dataset: 'LEGAL_PERSON_BASE', key, fields, position: place + 1, version: place + 1 });
    await takePage(exchange.store, pageOf(system, [entry]));
  }
  const [id, lists] = [encodeRecordId({ system, type: 'MarketEntity', key }), 'violations { field } restrictedViolations { field }'];
  const { data } =
    await ask(`{ recordHistory(id: "${id}") { versions { ${lists} } states { ${lists} } } recordStates(id: "${id}") { ${lists} }
    recordAsOf(id: "${id}", at: "2026-11-10T04:00:00Z") { ${lists} } refusedRecords(system: "${system}") { nodes { ${lists} } }
    quality(from: "2026-11-10", to: "2026-11-10", systems: ["${system}"]) { cells { ${lists} } } }`);
  const told = [...JSON.stringify(data).matchAll(/"violations":\[(.*?)\],"restrictedViolations":\[(.*?)\]/g)];
  const byReader = told.map(([, ...each]) => each.map((list) => /BANK|ACCOUNT/.test(list)).join(' '));
  const states = ['false false', 'false true', 'false false'];
  expect(byReader).toEqual(['false true', 'false true', ...states, ...states, 'false true', 'false true', 'false true']);
});
