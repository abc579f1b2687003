/**
 * Which exchange a hub has. @see run-exchange.ts
 */
import { expect, test } from 'vitest';

import { exchangeAt } from './run-exchange.ts';

const own = { url: 'http://127.0.0.1:4002/graphql', origin: 'http://127.0.0.1:4002' };

test('HUB_EXCHANGE_URL: the exchange that runs elsewhere is asked, and none is started here; without it one is, once', async () => {
  let started = 0;
  const start = async () => {
    started += 1;
    return own;
  };
  const elsewhere = { url: 'https://exchange.example/graphql', origin: 'https://exchange.example' };
  expect([await exchangeAt('https://exchange.example', start), started]).toEqual([elsewhere, 0]);
  expect([await exchangeAt(undefined, start), started]).toEqual([own, 1]);
});
