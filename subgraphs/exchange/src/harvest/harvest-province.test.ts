/**
 * The harvest follows the registry's signed table into the journal. @see harvest-province.ts
 */
import { createSigner, createSigningKey } from '@hub/kit/process';
import { expect, test } from 'vitest';

import { testLimits } from '../testing/bad-source.ts';
import { fakeFeed } from '../testing/fake-feed.ts';
import { openFakeRegistry } from '../testing/fake-registry.ts';
import { openFeedServer } from '../testing/feed-server.ts';
import { lenientContracts } from '../testing/lenient-law.ts';
import { openTestExchange } from '../testing/test-exchange.ts';

import { harvestProvince } from './harvest-province.ts';

test('systems come, go and move as the registry says, and as nobody else does', async () => {
  await using opened = new AsyncDisposableStack();
  const exchange = opened.use(await openTestExchange({ contracts: lenientContracts() }));
  const [registry, server] = [opened.use(await openFakeRegistry()), opened.use(await openFeedServer())];
  const [one, two, three] = [fakeFeed('one', 5), fakeFeed('two', 5), fakeFeed('three', 5)];
  const row = (feed: typeof one) => ({ code: feed.system, url: server.serve(feed) });
  const faults: string[] = [];
  const harvest = opened.use(
    harvestProvince({
      store: exchange.store,
      registry,
      signer: createSigner({ key: createSigningKey(), issuer: 'exchange' }),
      reach: { loopback: true },
      limits: { ...testLimits, headMs: 5_000, bodyMs: 5_000 },
      onFault: (cause) => void faults.push(String(cause)),
    }),
  );
  const positions = async () => exchange.sql<{ text: string }[]>`select system || ' ' || position as text from source order by system`;
  const told = async () => (await positions()).map(({ text }) => text);
  registry.publish([row(one)], [row(three)]);
  await expect.poll(told).toEqual(['one 5']);
  registry.publish([row(one), row(two)], [row(three)]);
  await expect.poll(told).toEqual(['one 5', 'two 5']);
  registry.useStrangeKey(true);
  registry.publish([row(three)]);
  await expect.poll(() => faults).toEqual(['Error: signed with an unknown key']);
  expect(harvest.followed).toEqual(['one', 'two']);
  registry.useStrangeKey(false);
  registry.publish([row(three)], [row(one), row(two)]);
  await expect.poll(told).toEqual(['one 5', 'three 5', 'two 5']);
  expect({ followed: harvest.followed, faults: faults.length }).toEqual({ followed: ['three'], faults: 1 });
});
