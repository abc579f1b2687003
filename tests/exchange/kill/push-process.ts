/**
 * The push to the nation in a process of its own, which kills itself at the step it is told, when that comes for the TURNth time:
 * `URL NATION STEP TURN`.
 */
import { startPush } from '@hub/exchange';

const [, , databaseUrl = '', url = '', fatal = '', turn = '1'] = process.argv;
let left = Number(turn);

startPush({
  databaseUrl,
  url,
  onFault: (cause) => process.stderr.write(`${String(cause)}\n`),
  onStep(step) {
    if (step === fatal && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write('begins\n');
