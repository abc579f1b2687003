/**
 * A sequencer in a process of its own, which kills itself at the step it is told: `URL STEP TURN`. At `sequencing` the statement
 * is sent first, so that the server has it and nobody waits for its answer.
 */
import { setImmediate } from 'node:timers';

import { startSequencer } from '@hub/kit';

const [, , url = '', fatal = '', turn = '1'] = process.argv;
let left = Number(turn);

startSequencer({
  url,
  onFault: (cause) => process.stderr.write(`${String(cause)}\n`),
  onStep(step) {
    if (step !== fatal || (left -= 1) > 0) return;
    if (step === 'sequencing') setImmediate(() => process.kill(process.pid, 'SIGKILL'));
    else process.kill(process.pid, 'SIGKILL');
  },
});
