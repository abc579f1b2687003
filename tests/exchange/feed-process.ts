/**
 * A sequencer and an opener of seals in a process of their own, to be killed at any moment: `URL`. Says when they run.
 */
import { openStore, startOpener, startSequencer } from '@hub/kit';
import { law } from '@hub/schema';

const [, , url = ''] = process.argv;
const onFault = (cause: unknown): void => void process.stderr.write(`${String(cause)}\n`);
const contracts = law()
  .contracts.map(({ contract }) => contract)
  .filter(({ name }) => ['board', 'construction'].includes(name));

const store = await openStore({ url, contracts, poolSize: 2 });
startOpener({ store, onFault });
startSequencer({ url, onFault });
process.stdout.write('runs\n');
