import { expect, it } from 'vitest';
import { startWorld } from './plant/world.ts';
import { generateProbe } from './ask/generate-probe.ts';
import { allTargets, coordinate } from './ask/probe.ts';
import { allCallers } from './ask/callers.ts';
import { requestOf, send, errorCodesIn } from './ask/send.ts';
import { secretsIn } from './plant/search.ts';
import { mayRead } from './plant/secret.ts';
import { levels } from '../support/query/law-schema.ts';
import { moments } from './plant/lots.ts';
it('probes', { timeout: 1000000 }, async () => {
  let t = performance.now();
  await using world = await startWorld({ systems: 2 });
  console.log('start', performance.now() - t, world.secrets.length, world.index.size);
  const callers = await allCallers();
  const origin = world.federation.gateway.url;
  const bySecret = Map.groupBy(world.secrets, (s) => s.at.split(' ')[0]!);
  const source = { ids: world.ids, codes: world.codes, secrets: bySecret, cursors: [], targets: allTargets() };
  console.log(source.targets.length);
  let seen = 0, leaks = 0, wrong = 0, forb = 0, big = 0;
  const per = Number(process.env.PER ?? 60);
  for (const [m, now] of [moments.before, moments.opening - 1, moments.opening + 1, moments.result + 1].entries()) {
    await world.setClock(now);
    t = performance.now();
    for (let i = 0; i < per; i++) {
      const seed = m * 10000 + i;
      const probe = generateProbe(seed, source);
      const caller = callers[seed % 4 === 3 ? 3 : seed % callers.length]!;
      const sent = requestOf(probe, 'post');
      const a = await send(origin, { ...sent, headers: { ...sent.headers, ...(caller.authorization === undefined ? {} : { authorization: caller.authorization }) } });
      const found = secretsIn(a, world.index);
      seen += found.length;
      const leaked = found.filter((ss) => !ss.some((s) => caller.level !== undefined && mayRead(s, caller.level, now)));
      const codes = errorCodesIn(a);
      const expect = caller.level === undefined ? 'UNAUTHENTICATED' : probe.needs === undefined ? undefined : levels.indexOf(probe.needs) > levels.indexOf(caller.level) ? 'FORBIDDEN' : 'OK';
      const ok = expect === undefined ? !codes.includes('INTERNAL') : expect === 'OK' ? codes.length === 0 : codes.join() === expect;
      if (codes.join() === 'FORBIDDEN') forb++;
      if (a.text.length > 100000) big++;
      if (leaked.length) leaks++;
      if (!ok) wrong++;
      if ((leaked.length && leaks < 6) || (!ok && wrong < 8)) console.log(seed, caller.name, probe.path, probe.target, expect, codes.join(), '\n', probe.query, JSON.stringify(probe.variables), '\n', a.text.slice(0, 600), leaked.slice(0, 3));
    }
    console.log(m, (performance.now() - t) / per, { seen, leaks, wrong, forb, big });
  }
  console.log(world.federation.events.filter((e) => e.kind !== 'supergraph-adopted').slice(0, 5));
});
