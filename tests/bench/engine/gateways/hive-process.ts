/**
 * Hive Gateway over `node:http`: forms `js` and `rust` by planner, with `+` where identical requests in flight are shared.
 */
import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { listenOn } from '@hub/kit/process';
import { z } from 'zod';

import { gatewayOrder } from './order.ts';

const hive = z.object({ createGatewayRuntime: z.custom<(config: object) => RequestListener & AsyncDisposable>() });
const planner = z.object({ unifiedGraphHandler: z.custom<object>() });

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { supergraph, peers, form } = gatewayOrder.parse(message);
  const load = createRequire(join(peers, 'hive/package.json'));
  const runtime = hive.parse(load('@graphql-hive/gateway')).createGatewayRuntime({
    supergraph,
    logging: false,
    inboundInflightRequestDeduplication: form.endsWith('+'),
    ...(form.startsWith('rust') ? planner.parse(load('@graphql-hive/router-runtime')) : {}),
  });
  const server = createServer(runtime);
  const port = await listenOn(server, 0);
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
    void runtime[Symbol.asyncDispose]();
  });
  process.send?.({ url: `http://127.0.0.1:${port}/graphql` });
}
