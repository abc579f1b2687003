/**
 * The exchange's journal in a process of its own, which takes a made feed to its end and tells each page it was answered for:
 * `URL SYSTEM HEAD VICTIM STEP TURN`. At the step, when it comes for the TURNth time, it kills the victim: itself, or the process
 * of that number with all it started (the database).
 */
import { openExchangeStore, readSource, takePage } from '@hub/exchange';

import { family } from '../../support/hub-process.ts';

import { madePage } from './made-feed.ts';

const [, , url = '', system = '', head = '0', victim = 'self', fatal = '', turn = '1'] = process.argv;
let left = Number(turn);

await using store = await openExchangeStore(url, {
  poolSize: 2,
  onStep(step) {
    if (step !== fatal || (left -= 1) !== 0) return;
    const victims = victim === 'self' ? [process.pid] : family(Number(victim));
    for (const pid of victims) process.kill(pid, 'SIGKILL');
  },
});
let position = (await readSource(store, system))?.position ?? 0;
process.stdout.write(`begins ${position}\n`);
while (position < Number(head)) {
  ({ position } = await takePage(store, madePage(system, position, Number(head))));
  process.stdout.write(`took ${position}\n`);
}
