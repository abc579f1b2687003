/**
 * The reference consumer in a process of its own, which kills itself at the step it is told, when that comes for the TURNth time:
 * `ORIGIN KEY URL STEP TURN`, KEY being the nation's private JWK. It tells how far it came.
 */
import { openHub, openPostgresStore, openSigner, pull } from '@hub/consumer';
import { z } from 'zod';

const [, , origin = '', key = '{}', url = '', fatal = '', turn = '1'] = process.argv;
const jwk = z.record(z.string(), z.unknown()).parse(JSON.parse(key));
let left = Number(turn);

await using store = await openPostgresStore(url);
process.stdout.write('begins\n');
const { position } = await pull({
  hub: openHub({ url: origin, signer: openSigner(jwk, { issuer: 'nation', audience: 'exchange' }) }),
  store,
  batchEntries: 20,
  onStep(step) {
    if (step === fatal && (left -= 1) === 0) process.kill(process.pid, 'SIGKILL');
  },
});
process.stdout.write(`pulled ${position}\n`);
