/**
 * The exchange's way in, in a process of its own, as it runs in service: harvest, judging, journal, sequencer, waiting changes.
 * Told to go, it takes all that the systems of a registry have, and tells how long that took.
 */
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { harvestProvince, openExchangeStore, readSources, startExchangeSequencer, startRelease } from '@hub/exchange';
import { openProvinceFolder, provinceCodes } from '@hub/kit';
import { createSigner, exchangeIssuer, signingKeyOf } from '@hub/kit/process';
import { z } from 'zod';

import { root } from '../support/repository.ts';
import { publicKey } from './public-key.ts';

const order = z.object({
  databaseUrl: z.string(),
  registry: z.object({ origin: z.string(), publicKeys: z.array(publicKey) }),
  key: z.unknown(),
  records: z.number(),
});
const lookMs = 20;

process.once('message', (message) => void run(message));

async function run(message: unknown): Promise<void> {
  const { databaseUrl, registry, key, records } = order.parse(message);
  const signing = signingKeyOf(key);
  if (signing === undefined) throw new TypeError('no key');
  const onFault = (cause: unknown): void => void process.stderr.write(`${String(cause)}\n`);
  await using opened = new AsyncDisposableStack();
  const { province } = await openProvinceFolder(join(root, 'schema/province'));
  const poked: (() => void)[] = [];
  const onCommit = (): void => poked.forEach((poke) => poke());
  const store = opened.use(await openExchangeStore(databaseUrl, { codes: provinceCodes(province), onCommit }));
  const sequencer = opened.use(startExchangeSequencer({ databaseUrl, onFault }));
  const release = opened.use(startRelease(store, onFault));
  poked.push(
    () => sequencer.poke(),
    () => release.poke(),
  );
  const over = Promise.withResolvers<void>();
  process.once('disconnect', () => over.resolve());
  process.on('message', () => {
    void (async () => {
      const [startedMs, before] = [performance.now(), process.cpuUsage()];
      opened.use(
        harvestProvince({
          store,
          registry,
          signer: createSigner({ key: signing, issuer: exchangeIssuer }),
          reach: { loopback: true },
          onFault,
        }),
      );
      while ((await readSources(store)).reduce((sum, { position }) => sum + position, 0) < records) await after(lookMs);
      const { user, system } = process.cpuUsage(before);
      process.send?.({ ms: performance.now() - startedMs, cpuMs: (user + system) / 1_000 });
    })();
  });
  process.send?.({ open: true });
  await over.promise;
}
