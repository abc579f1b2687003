/**
 * Who takes what a city pushes, in a process of its own, which kills itself at the point it is told: `URL SYSTEM COUNT POINT`. It
 * tells the receipt.
 */
import { openExchangeStore } from '@hub/exchange';
import { openHostedSystems, submitRecords } from '@hub/exchange/testing';

import { submitted, toldReceipt } from './submitted.ts';

const [, , url = '', system = '', count = '0', fatal = ''] = process.argv;
const at = (point: string): void => {
  if (point === fatal) process.kill(process.pid, 'SIGKILL');
};

await using store = await openExchangeStore(url, { poolSize: 2 });
await using hosting = await openHostedSystems(url, ['board', 'construction']);
const target = hosting.system(system, ['construction']);
const sent = await submitted(Number(count));
process.stdout.write('begins\n');
const onPart = (part: number): void => at(`part:${part}`);
const receipt = await submitRecords(store, { target, sender: system, idempotencyKey: 'k', onPart }, sent);
at('answer');
process.stdout.write(`${toldReceipt(receipt)}\n`);
