/**
 * `@apollo/gateway` behind Apollo Server, as its documentation sets it up.
 */
import { readFile } from 'node:fs/promises';

import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

import { gatewayOrder } from './order.ts';

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const { supergraph } = gatewayOrder.parse(message);
  const server = new ApolloServer({ gateway: new ApolloGateway({ supergraphSdl: await readFile(supergraph, 'utf8') }) });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  process.once('disconnect', () => void server.stop());
  process.send?.({ url: new URL('/graphql', url).href });
}
