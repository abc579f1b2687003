import { openTestDatabase } from '@hub/kit/testing';
import { startSystems } from '@hub/trading';
import { expect, it } from 'vitest';
import { acceptRecords } from '@hub/kit';
import { dice } from '../support/dice.ts';
import { fill } from '../support/fill.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { poolOf, wireRecords } from '../support/wire-records.ts';

it('fills', async () => {
  const t0 = performance.now();
  await using db = await openTestDatabase();
  const province = generatedProvince(3);
  await using running = await startSystems({ databaseUrl: db.url, province, onFault: console.error });
  console.log('start', performance.now() - t0);
  for (const [i, s] of running.systems.entries()) {
    const recs = wireRecords(dice(i + 1), s.system, { pool: poolOf(province, s.system, s.codes), each: 40 });
    const t1 = performance.now();
    const kept = await fill(s, recs);
    console.log(recs.length, kept.length, performance.now() - t1);
    if (i === 0) {
      const a = await acceptRecords(s, recs.map((record) => ({ record, source: { kind: 'PUBLISHED' }, message: { format: 'json', body: '' } })), '2026-11-01T00:00:00.000000Z');
      const c: Record<string, number> = {};
      for (const { refusals, incoming } of a) for (const r of refusals) { const k = `${incoming.record.dataset} ${r.rule} ${r.field}`; c[k] = (c[k] ?? 0) + 1; }
      console.log(c);
    }
  }
  expect(1).toBe(1);
});
