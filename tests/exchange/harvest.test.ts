/**
 * From a system of the kit into the exchange's journal, over HTTP: what the one tells, the other takes, once.
 * @see design/architecture.md «The way of a record»; schema/PROTOCOL.md 13
 */
import { harvestProvince } from '@hub/exchange';
import { lenientContracts, openFakeRegistry, openTestExchange } from '@hub/exchange/testing';
import { openTestDatabase } from '@hub/kit/testing';
import postgres from 'postgres';
import { expect, test } from 'vitest';

import { openFeedSystem, put, sequenced, withdraw } from '../support/feed-system.ts';
import { exchangeSigner } from '../support/gateway-key.ts';

test('a system’s records are taken, changes while it is waited for, withdrawals, and what came while the exchange was down', async () => {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await openTestDatabase());
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  opened.defer(() => sql.end());
  const [system, registry] = [opened.use(await openFeedSystem(database.url)), opened.use(await openFakeRegistry())];
  const exchange = opened.use(await openTestExchange({ contracts: lenientContracts() }));
  const faults: unknown[] = [];
  const start = () =>
    harvestProvince({
      store: exchange.store,
      registry,
      signer: exchangeSigner,
      reach: { loopback: true },
      limits: { first: 2 },
      onFault: (cause) => void faults.push(cause),
    });
  const section = (key: string, name: string) => put('SECTION', key, { BID_SECTION_NAME: name });
  await system.accept(section('1', '甲'), section('2', '乙'), section('3', '丙'));
  await sequenced(sql, system, 3);
  registry.publish([{ code: system.code, url: system.url }]);
  const { epoch } = await system.page({});
  const taken = async () => (await exchange.states(system.code, epoch)).length;
  {
    await using _harvest = start();
    await expect.poll(taken, { timeout: 10_000 }).toBe(3);
    await system.accept(section('2', '乙二'), withdraw('SECTION', '1'));
    await sequenced(sql, system, 5);
    await expect.poll(taken, { timeout: 10_000 }).toBe(5);
  }
  await system.accept(section('4', '丁'));
  await sequenced(sql, system, 6);
  {
    await using _harvest = start();
    await expect.poll(taken, { timeout: 10_000 }).toBe(6);
  }
  await exchange.sequence();
  expect(await exchange.told(system.code)).toEqual([
    '1 SECTION 1 1 put',
    '2 SECTION 2 1 put',
    '3 SECTION 3 1 put',
    '4 SECTION 2 2 put',
    '5 SECTION 1 2 withdraw',
    '6 SECTION 4 1 put',
  ]);
  expect(faults).toEqual([]);
});
