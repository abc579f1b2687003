/**
 * The vendor's gateway as its manual sets it up: what the hub's own is compared with.
 */
import { readFile } from 'node:fs/promises';

import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { z } from 'zod';

const order = z.object({ supergraph: z.string() });

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const supergraphSdl = await readFile(order.parse(message).supergraph, 'utf8');
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl }) });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  process.once('disconnect', () => void server.stop());
  process.send?.({ url: new URL('/graphql', url).href });
}
