/**
 * mercurius as a gateway of Federation 1, which composes by itself from what the subgraphs say.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { z } from 'zod';

import { gatewayOrder } from './order.ts';

interface Fastify {
  register(plugin: unknown, options: object): void;
  listen(where: object): Promise<string>;
  close(): Promise<void>;
}
const createFastify = z.custom<() => Fastify>();

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { endpoints, peers } = gatewayOrder.parse(message);
  const load = createRequire(join(peers, 'mercurius/package.json'));
  const fastify = createFastify.parse(load('fastify'))();
  fastify.register(load('@mercuriusjs/gateway'), { gateway: { services: endpoints }, jit: 1 });
  const url = await fastify.listen({ host: '127.0.0.1', port: 0 });
  process.once('disconnect', () => void fastify.close());
  process.send?.({ url: `${url}/graphql` });
}
