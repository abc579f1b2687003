/**
 * One city's system in a process of its own, as it runs in service, to which records come at a steady rate. It tells when each
 * commit was answered.
 */
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';

import { acceptRecords, type Incoming, openProvinceFolder } from '@hub/kit';
import { exchangeIssuer, keysByIssuer, trustKeys } from '@hub/kit/process';
import { startSystems } from '@hub/trading';
import { z } from 'zod';

import { root } from '../support/repository.ts';
import { publicKey } from './public-key.ts';

const order = z.object({ databaseUrl: z.string(), trusted: publicKey });
const rate = z.object({ perSecond: z.number(), perCommit: z.number(), seconds: z.number() });

process.once('message', (message) => void run(message));

async function run(message: unknown): Promise<void> {
  const { databaseUrl, trusted } = order.parse(message);
  const onFault = (cause: unknown): void => void process.stderr.write(`${String(cause)}\n`);
  const { province } = await openProvinceFolder(join(root, 'tests/fixtures/toy-province'));
  const trust = trustKeys(keysByIssuer([{ ...trusted, iss: exchangeIssuer }]));
  const [row] = province.systems;
  await using running = await startSystems({ databaseUrl, province, trust, codes: row === undefined ? [] : [row.code], onFault });
  const [system] = running.systems;
  if (system === undefined) throw new RangeError('The province has no system.');
  const over = Promise.withResolvers<void>();
  process.once('disconnect', () => over.resolve());
  process.on('message', (asked) => {
    void (async () => {
      const { perSecond, perCommit, seconds } = rate.parse(asked);
      const commits: { readonly keys: readonly string[]; readonly atMs: number }[] = [];
      const startedMs = performance.now();
      for (let turn = 0; turn < (perSecond * seconds) / perCommit; turn++) {
        // What comes late is made up for: the rate is that of the whole.
        await after(Math.max(0, startedMs + (turn * perCommit * 1_000) / perSecond - performance.now()));
        const records = Array.from({ length: perCommit }, (_, place) => section(`${turn}-${place}`));
        await acceptRecords(system, records, new Date().toISOString().replace('Z', '000Z'));
        commits.push({ keys: records.map(({ record }) => record.dataKey ?? ''), atMs: performance.timeOrigin + performance.now() });
      }
      process.send?.({ commits, tookMs: performance.now() - startedMs });
    })();
  });
  process.send?.({ code: system.system.code, url: system.url });
  await over.promise;
}

/** Of a published source: what it lacks is a warning. */
function section(dataKey: string): Incoming {
  const fields = {
    BID_SECTION_NAME: `示例道路工程第 ${dataKey} 标段施工`,
    BID_SECTION_CONTENT: '路基、路面、桥涵与交通安全设施。'.repeat(20),
  };
  const record = { dataset: 'SECTION', dataKey, op: 'put', fields } as const;
  return { record, message: { format: 'json', body: JSON.stringify(record) }, source: { kind: 'PUBLISHED', name: '某平台' } };
}
