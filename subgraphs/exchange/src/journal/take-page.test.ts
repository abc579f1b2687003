/** @see design/feed.md 3, 5 and 8 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readSource } from '../store/source-state.ts';
import { type TestExchange, entryOf, openTestExchange, pageOf } from '../testing/index.ts';

import { takePage } from './take-page.ts';

let exchange: TestExchange;
beforeAll(async () => {
  exchange = await openTestExchange();
});
afterAll(() => exchange[Symbol.asyncDispose]());

const project = (position: number, name = `甲${position}`): ReturnType<typeof entryOf> =>
  entryOf({ dataset: 'PROJECT', key: `P${position}`, position, fields: { PROJECT_NAME: name } });

describe('Taking a page', () => {
  test('its changes are in the hub’s feed, in their order, as they were told', async () => {
    const system = exchange.system();
    const taken = await takePage(exchange.store, pageOf(system, [project(1), project(2)]));
    await exchange.sequence();
    expect(taken).toEqual({ position: 2, accepted: 2, refused: 0, waiting: 0 });
    const lines = await exchange.sql<{ line: string }[]>`select '{"position":' || f.position || ',' || c.body as line
      from feed f join outbox o on o.id = f.outbox join change c on c.id = o.change where f.system = 'hub' order by f.position`;
    expect(lines.map(({ line }) => parsed(line))).toMatchObject([
      {
        position: 1,
        system,
        epoch: 'epoch-1',
        sourcePosition: 1,
        dataset: 'PROJECT',
        key: 'P1',
        version: 1,
        op: 'put',
        payload: '{"PROJECT_NAME":"甲1"}',
      },
      {
        position: 2,
        system,
        epoch: 'epoch-1',
        sourcePosition: 2,
        dataset: 'PROJECT',
        key: 'P2',
        version: 1,
        op: 'put',
        payload: '{"PROJECT_NAME":"甲2"}',
      },
    ]);
    expect(await readSource(exchange.store, system)).toMatchObject({
      system,
      epoch: 'epoch-1',
      position: 2,
      cursor: 'cursor-2',
      head: 2,
      state: 'FOLLOWING',
    });
  });

  test('a page that comes again adds nothing, and is answered as the first time', async () => {
    const system = exchange.system();
    const page = pageOf(system, [project(1), { position: 2, raw: 'no JSON', violation: unreadable }]);
    const first = await takePage(exchange.store, page);
    const second = await takePage(exchange.store, page);
    expect(second).toEqual(first);
    expect(first).toEqual({ position: 2, accepted: 1, refused: 1, waiting: 0 });
    const [count] = await exchange.sql`select count(*)::int as changes from change where system = ${system}`;
    const [receipts] = await exchange.sql`select count(*)::int as receipts from outbox where system = ${`receipts:${system}`}`;
    expect({ ...count, ...receipts }).toEqual({ changes: 2, receipts: 1 });
  });

  test('a page that begins before where the last one ended is answered for all of it, and adds what is new', async () => {
    const system = exchange.system();
    await takePage(exchange.store, pageOf(system, [project(1), { position: 2, raw: 'no JSON', violation: unreadable }]));
    const taken = await takePage(exchange.store, pageOf(system, [{ position: 2, raw: 'no JSON', violation: unreadable }, project(3)]));
    expect(taken).toEqual({ position: 3, accepted: 1, refused: 1, waiting: 0 });
    const [count] = await exchange.sql`select count(*)::int as changes from change where system = ${system}`;
    expect(count).toEqual({ changes: 3 });
  });
});

const unreadable = { rule: 'MESSAGE_UNREADABLE', severity: 'refusal', field: '', messageZh: '读不成', messageEn: 'unreadable' } as const;

function parsed(line: string): unknown {
  return JSON.parse(line);
}

test('an accepted change of which nobody would be told is refused by the database itself', async () => {
  const change = exchange.sql`insert into change (system, epoch, position, dataset, key, version, op, hash, body, state, rules, contract,
      received_at, harvested_at) values ('lone', 'e', 1, 'PROJECT', 'k', 1, 'put', '', '', 'ACCEPTED', '', '', now(), now())`;
  await expect(change).rejects.toThrow('has no outbox row');
});
