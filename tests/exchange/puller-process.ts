/**
 * A puller that ends itself by SIGKILL after so many steps: `node puller-process.ts ORDER`, the order as JSON.
 */
import { openHub, openPostgresStore, openSigner, pull } from '@hub/consumer';
import { z } from 'zod';

const order = z
  .object({ url: z.string(), key: z.unknown(), database: z.string(), batchEntries: z.number(), steps: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const { url, key, database, batchEntries, steps } = order;
await using store = await openPostgresStore(database);
const signer = openSigner(key, { issuer: 'nation', audience: 'exchange' });
let left = steps;
await pull({
  hub: openHub({ url, signer }),
  store,
  batchEntries,
  onStep() {
    left--;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
