/**
 * An exchange that serves its port, with one system whose records the hub keeps, and the keys of who asks it. Nothing is harvested:
 * what it took of other systems is given to its journal by hand.
 */
import { startExchange } from '@hub/exchange';
import { type HostedSystems, openHostedSystems, openTestExchange, registeredSigners, type TestExchange } from '@hub/exchange/testing';
import { openProvinceFolder, type SystemStore } from '@hub/kit';
import { createSigningKey, type SigningKey, trustKeys } from '@hub/kit/process';
import { createSm2Key, readSm2PrivateKey } from '@hub/schema';

import { root } from './repository.ts';

/** It. */
export interface ExchangeDoor extends AsyncDisposable {
  readonly exchange: TestExchange;
  readonly hosting: HostedSystems;
  readonly origin: string;
  /** What failed inside. */
  readonly faults: readonly unknown[];
  /** Private keys of those who may ask: the systems `city` and `other`, and `operator`. */
  readonly keys: Readonly<Record<'city' | 'other' | 'operator', SigningKey>>;
  /** What the hub keeps of the system `city`. */
  readonly city: SystemStore;
}

/** Opens it, on a database of its own. */
export async function openExchangeDoor(): Promise<ExchangeDoor> {
  await using opened = new AsyncDisposableStack();
  const exchange = opened.use(await openTestExchange());
  const faults: unknown[] = [];
  const contracts = ['board', 'construction'];
  const hosting = opened.use(await openHostedSystems(exchange.databaseUrl, contracts));
  const keys = { city: createSigningKey(), other: createSigningKey(), operator: createSigningKey() };
  const city = hosting.system('city', contracts);
  const statementKey = readSm2PrivateKey(createSm2Key());
  if (statementKey === undefined) throw new Error('no key');
  const { province } = await openProvinceFolder(`${root}/tests/fixtures/toy-province`);
  const { origin } = opened.use(
    await startExchange({
      databaseUrl: exchange.databaseUrl,
      province,
      trust: trustKeys(() => undefined),
      port: 0,
      key: createSigningKey(),
      statementKey,
      signers: registeredSigners(keys),
      // Nobody answers there.
      registry: { origin: 'http://127.0.0.1:9', publicKeys: [] },
      declared: () => Promise.resolve([]),
      hosted: [city],
      onFault: (cause) => void faults.push(cause),
    }),
  );
  const running = opened.move();
  return { exchange, hosting, origin, faults, keys, city, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
