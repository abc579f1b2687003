import { expect, it } from 'vitest';
import { generatedProvince } from '../support/generated-province.ts';
import { startFederation } from '../support/federation.ts';
import { acceptRecords } from '@hub/kit';
import { planSystem } from './plant/plan.ts';
it('plants', { timeout: 100000 }, async () => {
  let t = performance.now();
  const province = generatedProvince(2);
  await using f = await startFederation({ province });
  console.log('start', performance.now() - t);
  for (const [place, system] of f.systems.entries()) {
    t = performance.now();
    const plan = planSystem({ system: system.system, place, codes: system.codes });
    console.log('plan', plan.length, plan.flatMap(p => p.secrets).length, performance.now() - t);
    t = performance.now();
    const refused = new Map();
    const warned = new Map();
    const answers = await acceptRecords(system, plan.map(({ record }) => ({ record, source: { kind: 'PUBLISHED' }, message: { format: 'json', body: '' } })), '2026-11-01T00:00:00.000000Z');
    for (const a of answers) { for (const r of a.refusals) refused.set(`${a.incoming.record.dataset} ${r.rule} ${r.field} ${r.value}`.slice(0,100), 1); for (const r of a.warnings) warned.set(r.rule, (warned.get(r.rule) ?? 0) + 1); if (a.outcome?.state !== 'ACCEPTED') refused.set(a.incoming.record.dataset + a.outcome?.state, 1); }
    console.log(performance.now() - t, [...refused.keys()].slice(0, 30), warned);
  }
});
