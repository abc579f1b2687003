import { expect, it } from 'vitest';
import { startWorld } from './plant/world.ts';
import { generateProbe } from './ask/generate-probe.ts';
import { generateQuery } from '../support/query/generate-query.ts';
import { sourceOf } from './ask/run-probes.ts';
import { allCallers, callerNamed } from './ask/callers.ts';
import { requestOf } from './ask/send.ts';
import { sweep } from './ask/sweep.ts';
import { moments } from './plant/lots.ts';
it('otherwise', { timeout: 1000000 }, async () => {
  const level = (process.env.LEVEL ?? 'PUBLIC') as 'PUBLIC';
  const nowMs = moments[(process.env.AT ?? 'before') as 'before'];
  const gateway = { cursorKey: 'the same key for both' };
  let t = performance.now();
  await using a = await startWorld({ systems: 2, gateway });
  await using b = await startWorld({ systems: 2, gateway, otherwiseTo: { level, nowMs } });
  console.log('start', performance.now() - t);
  const callers = await allCallers();
  const caller = callerNamed(callers, { PUBLIC: 'anonymous', GOVERNMENT: 'government', RESTRICTED: 'restricted' }[level]);
  const source = await sourceOf(a, callers);
  const union = await a.federation.union();
  for (const w of [a, b]) { await w.setClock(nowMs);  }
  let bad = 0, n = 0;
  const compare = (x: any, y: any, q: string, v: any) => {
    n++;
    const strip = ({ status, headers, text }: any) => JSON.stringify({ status, headers: { ...headers, date: 0 }, text });
    if (strip(x) !== strip(y)) { bad++; if (bad < 6) {
      let i = 0; const [p, r] = [strip(x), strip(y)]; while (p[i] === r[i]) i++;
      console.log('DIFF', q, JSON.stringify(v), '\n', p.slice(Math.max(0, i - 300), i + 150), '\n', r.slice(Math.max(0, i - 300), i + 150)); } }
  };
  const [sa, sb] = [await sweep(a, level, caller), await sweep(b, level, caller)];
  for (const i of sa.keys()) compare(sa[i], sb[i], 'sweep ' + i, '');
  console.log('sweep', n, bad);
  for (let i = 0; i < Number(process.env.PER ?? 300); i++) {
    const op = i % 2 ? generateProbe(i, source) : generateQuery(i, { schema: a.federation.law, union, level });
    const sent = requestOf(op as any);
    const [x, y] = await Promise.all([a.ask(sent, caller), b.ask(sent, caller)]);
    compare(x, y, op.query, op.variables);
  }
  console.log({ n, bad });
});
