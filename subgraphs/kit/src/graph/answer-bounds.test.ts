import { law, maxRelatedRecords } from '@hub/schema';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { tableName } from '../store/columns.ts';
import { type TestGraph, serveTestGraph } from '../testing/test-graph.ts';
import { put, tell } from '../testing/test-records.ts';
import { type TestStore, openTestStore } from '../testing/test-store.ts';

const section = law()
  .contracts.flatMap(({ contract }) => contract.datasets)
  .find(({ type }) => type === 'BidSection');
if (section === undefined) throw new RangeError('The law has no sections.');
const table = sql.table(tableName(section));

let opened: TestStore;
let graph: TestGraph;
beforeAll(async () => {
  opened = await openTestStore();
  const target = opened.system();
  await tell(target, put('TENDER_PROJECT', 'P', { TENDER_PROJECT_CODE: 'P', TENDER_PROJECT_NAME: '项目' }));
  // Straight into the table: what is asked here is how many are read, not how they came.
  await sql`insert into ${table} (system, key, id, version, origin, source, received_at, warnings, wire, i_tender_project_code)
    select ${target.system.code}::text, n::text, 'id' || n, 1, 'ORIGINAL', '{}', '2026-01-01'::timestamptz, '[]',
      jsonb_build_object('TENDER_PROJECT_CODE', 'P', 'BID_SECTION_CODE', n::text, 'BID_SECTION_NAME', repeat('段', 300)), 'P'
    from generate_series(1, ${maxRelatedRecords}::int) as n`.execute(opened.store.db);
  graph = await serveTestGraph(target);
}, 60_000);
afterAll(async () => {
  await graph[Symbol.asyncDispose]();
  await opened[Symbol.asyncDispose]();
});

describe('PROTOCOL 2 «上限»: what one system answers at once', () => {
  test('as many records of a relation as the bound says are given', async () => {
    const { data, errors } = await graph.ask('{ tenderProjects { nodes { sections { code } } } }');
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ tenderProjects: { nodes: [{ sections: { length: maxRelatedRecords } }] } });
  });

  test('an answer of more bytes is refused, and how to ask is told', async () => {
    expect(await graph.ask('{ tenderProjects { nodes { sections { name } } } }')).toEqual({
      errors: [
        {
          message: '答案超过 16 MiB。请少选字段、缩小每页条数，或用根列表翻页代替关系。',
          extensions: {
            code: 'QUERY_TOO_LARGE',
            messageEn:
              'The answer is larger than 16 MiB. Select fewer fields, ask for smaller pages, or page a root list in place of a relation.',
          },
        },
      ],
    });
  });

  test('one record more is refused, naming the list to page', async () => {
    await sql`insert into ${table} select (jsonb_populate_record(t, '{"key": "more", "id": "more"}')).* from ${table} as t where t.key = '1'`.execute(
      opened.store.db,
    );
    const { errors } = await graph.ask('{ tenderProjects { nodes { sections { code } } } }');
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('bidSections(filter: { tenderProjectCode: … }, first: …, after: …)'),
        extensions: { code: 'QUERY_TOO_LARGE' },
      },
    ]);
  });
});
