/**
 * A gateway in a process of its own, in front of an exchange, until it is killed: `ORDER`, as JSON. It tells its address.
 */
import { startGateway } from '@hub/gateway';
import { createLog, signingKeyOf } from '@hub/kit/process';
import { z } from 'zod';

const { supergraph, port, exchange, key, tokenSecret } = z
  .object({ supergraph: z.string(), port: z.number(), exchange: z.string(), key: z.unknown(), tokenSecret: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const gateway = await startGateway({
  supergraph,
  port,
  log: createLog('gateway', 'silent'),
  // Nobody asks it here.
  endpoints: { exchange, registry: 'http://127.0.0.1:9/graphql' },
  key: signingKeyOf(key),
  reach: { loopback: true },
  tokens: { tokenSecret },
  // A machine with other work is slow, which is not looked at here.
  systemDeadlineMs: 20_000,
  operationDeadlineMs: 30_000,
});
process.stdout.write(`${gateway.url}\n`);
