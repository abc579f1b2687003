/**
 * The national side in a process of its own, as it runs in service: it reads the segments of a hub's feed, or pulls and keeps
 * everything, and tells how long that took.
 */
import { openHub, openPostgresStore, openSigner, pull } from '@hub/consumer';
import { readSm2PublicKeys } from '@hub/schema';
import { z } from 'zod';

const order = z.object({ url: z.string(), nationKey: z.unknown(), signer: z.string(), databaseUrl: z.string() });
const question = z.union([z.object({ read: z.number() }), z.object({ pull: z.literal(true) })]);
const perSegment = 10_000;

process.once('message', (message) => void run(message));

async function run(message: unknown): Promise<void> {
  const { url, nationKey, signer, databaseUrl } = order.parse(message);
  const hub = openHub({ url, signer: openSigner(nationKey, { issuer: 'nation', audience: 'exchange' }) });
  await using store = await openPostgresStore(databaseUrl);
  const over = Promise.withResolvers<void>();
  process.once('disconnect', () => over.resolve());
  const read = async (records: number): Promise<number> => {
    const { epoch } = await hub.feed();
    let lines = 0;
    for (let to = perSegment; to <= records; to += perSegment) {
      for await (const _ of hub.lines({ from: to - perSegment + 1, to }, { closed: true, epoch })) lines++;
    }
    return lines;
  };
  const pulled = async (): Promise<number> => (await pull({ hub, store, signers: readSm2PublicKeys(signer) ?? [] })).position;
  process.on('message', (asked) => {
    void (async () => {
      const told = question.parse(asked);
      const startedMs = performance.now();
      const records = 'read' in told ? await read(told.read) : await pulled();
      process.send?.({ records, ms: performance.now() - startedMs });
    })();
  });
  process.send?.({ open: true });
  await over.promise;
}
