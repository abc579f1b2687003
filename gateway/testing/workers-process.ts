/**
 * Two gateway processes on a port, for the tests of how they come and go: real ones over fake systems, or stand-ins that start at
 * once and answer with their number. `ORDER`, as JSON.
 */
import { createLog } from '@hub/kit/process';
import { z } from 'zod';

import type { Gateway, GatewayOptions } from '../src/server.ts';
import { openPort } from '../src/open-port.ts';
import { runWorkers } from '../src/workers/run-workers.ts';
import { type Given, isWorker, serveAsWorker } from '../src/workers/serve-as-worker.ts';

const works = z.object({ supergraph: z.string(), systems: z.array(z.object({ code: z.string(), url: z.string() })) });
const { over } = z.object({ over: works.optional() }).parse(JSON.parse(process.argv[2] ?? ''));
const log = createLog('gateway', 'warn');

if (isWorker()) await serveAsWorker({ log, open: (given) => (over === undefined ? standIn(given) : overWorks(given, over)) });
else await runWorkers({ port: 0, count: 2, cursorKey: undefined, log, onReady: (url) => void process.stderr.write(`ready at ${url} \n`) });

async function overWorks(given: Given, { supergraph, systems }: z.output<typeof works>): Promise<Gateway> {
  const { startGateway } = await import('../src/server.ts');
  const options: Omit<GatewayOptions, 'port' | 'log'> = {
    supergraph,
    systems: systems.map((system) => ({ ...system, name: system.code, state: 'published' })),
    reach: { loopback: true },
    endpoints: { registry: 'http://127.0.0.1:9/graphql' },
    // A machine with other work is slow, which is not looked at here.
    systemDeadlineMs: 8000,
  };
  return startGateway({ ...options, ...given });
}

/** What is asked at `/held` is answered some time after the supervisor is gone. */
async function standIn(given: Given): Promise<Gateway> {
  const port = await openPort(given.port, ({ url }, response) => {
    const answer = (): void => void response.end(String(process.pid));
    if (url !== '/held') return void setTimeout(answer, 2);
    process.once('disconnect', () => setTimeout(answer, 20));
    process.stderr.write('held\n');
  });
  return {
    port: port.port,
    url: `http://127.0.0.1:${port.port}`,
    setSystems: () => {},
    drain: () => port.drain(),
    [Symbol.asyncDispose]: () => port[Symbol.asyncDispose](),
  };
}
