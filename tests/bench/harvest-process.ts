/**
 * The exchange's way in, in a process of its own, as it runs in service: harvest, judging, journal, sequencer, waiting changes.
 * Told to go, it takes all that the systems of a registry have, and tells how long that took.
 */
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { harvestProvince, openExchangeStore, readSources, startExchangeSequencer, startRelease } from '@hub/exchange';
import { openProvinceFolder, provinceCodes } from '@hub/kit';
import { z } from 'zod';

import { exchangeSigner } from '../support/gateway-key.ts';
import { root } from '../support/repository.ts';

const [okp, use, alg] = [{ kty: z.literal('OKP'), crv: z.literal('Ed25519') }, z.literal('sig'), z.literal('EdDSA')];
const jwk = z.object({ ...okp, x: z.string(), kid: z.string(), use, alg });
const order = z.object({
  databaseUrl: z.string(),
  registry: z.object({ origin: z.string(), publicKeys: z.array(jwk) }),
  records: z.number(),
});
const lookMs = 20;

process.once('message', (message) => void run(message));

async function run(message: unknown): Promise<void> {
  const { databaseUrl, registry, records } = order.parse(message);
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
      opened.use(harvestProvince({ store, registry, signer: exchangeSigner, reach: { loopback: true }, onFault }));
      while ((await readSources(store)).reduce((sum, { position }) => sum + position, 0) < records) await after(lookMs);
      const { user, system } = process.cpuUsage(before);
      process.send?.({ ms: performance.now() - startedMs, cpuMs: (user + system) / 1_000 });
    })();
  });
  process.send?.({ open: true });
  await over.promise;
}
