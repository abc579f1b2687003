/**
 * The kit serving the same rows under contracts whose author forgot that bids are sealed.
 */
import { createServer } from 'node:http';

import { type SystemContext, type SystemStore, buildSystemSchema, openStore, serveGraph, systemContext, typeOfId } from '@hub/kit';
import { listenOn } from '@hub/kit/process';
import { trustEverybody } from '@hub/kit/testing';
import { type ContractLaw, law } from '@hub/schema';

/** @returns The system's rows, without the seals of whole records, until disposed of. */
export async function startUnsealed(
  databaseUrl: string,
  { system, codes }: SystemStore,
): Promise<{ readonly url: string } & AsyncDisposable> {
  await using opened = new AsyncDisposableStack();
  const contracts = law()
    .contracts.filter(({ contract }) => system.contracts.includes(contract.name))
    .map(unsealed);
  const store = opened.use(await openStore({ url: databaseUrl, contracts: contracts.map(({ contract }) => contract), poolSize: 4 }));
  const graph = opened.use(
    await serveGraph<SystemContext>(buildSystemSchema(contracts), (cause) => {
      throw cause;
    }),
  );
  const server = createServer(
    graph.listener({
      verifier: trustEverybody.verifierFor(system.code),
      context: (signal) => systemContext({ store, system, codes }, { typeOfId, signal }),
    }),
  );
  const port = await listenOn(server, 0);
  opened.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const running = opened.move();
  return { url: `http://127.0.0.1:${port}/graphql`, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function unsealed({ contract, source, served }: ContractLaw): ContractLaw {
  return { contract: { ...contract, datasets: contract.datasets.map((dataset) => ({ ...dataset, sealed: undefined })) }, source, served };
}
