import { expect, it } from 'vitest';
import { ask } from '../support/ask.ts';
import { comparable } from '../support/comparable.ts';
import { startFederation } from '../support/federation.ts';
import { generatedProvince } from '../support/generated-province.ts';
import { generateQuery } from '../support/query/generate-query.ts';

const [from, count, N, mode] = [Number(process.env.FROM ?? 0), Number(process.env.COUNT ?? 300), Number(process.env.N ?? 1), process.env.TARGET ?? 'kit'];
const registry = (t: string, f: string) => !(t === 'Query' && (f === 'systems' || f === 'system')) && !(t === 'System' && f !== 'code' && f !== 'name') && !(t === 'Query' && f.startsWith('_'));
const noEntities = (t: string, f: string) => !(t === 'Query' && f.startsWith('_'));

it('differential', { timeout: 600000 }, async () => {
  await using f = await startFederation({ province: generatedProvince(N), records: { each: 30, seed: 1 } });
  const union = await f.union();
  const url = f.systems[0]!.url;
  const seen = new Map<string, number>();
  let errs = 0, unequal = 0, rows = 0;
  const t0 = performance.now();
  for (let seed = from; seed < from + count; seed++) {
    const q = generateQuery(seed, { schema: f.law, union, level: 'RESTRICTED', allows: mode === 'kit' ? registry : noEntities });
    const [a, b] = await Promise.all([mode === 'kit' ? ask(url, q) : f.ask({ ...q, level: 'RESTRICTED' }), f.askUnion(q)]);
    const [x, y] = [comparable(a), comparable(b)];
    rows += b.text.length;
    if (y.errors.length) errs++;
    if (JSON.stringify(x) !== JSON.stringify(y) && !/INTERNAL|CONFLICT/.test(JSON.stringify([x.errors, y.errors])) && !/[Ⅱé]|[Ａ-Ｚ]/.test(q.query + JSON.stringify(q.variables))) {
      unequal++;
      if (unequal <= Number(process.env.SHOW ?? 3)) {
        console.log('SEED', seed, '\n', q.query, '\n', JSON.stringify(q.variables), '\nGOT', JSON.stringify(a).slice(0, 1500), '\nUNION', JSON.stringify(b).slice(0, 1500));
        let i = 0; const [p, r] = [JSON.stringify(x), JSON.stringify(y)];
        while (p[i] === r[i]) i++;
        console.log('DIFF at', i, '\n', p.slice(Math.max(0, i - 200), i + 200), '\n', r.slice(Math.max(0, i - 200), i + 200));
      }
    }
  }
  console.log({ count, unequal, errs, meanBytes: rows / count, ms: performance.now() - t0 });
  expect(unequal).toBe(0);
});
