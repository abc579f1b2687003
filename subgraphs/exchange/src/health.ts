/**
 * `GET /health`: whether the exchange answers and its database does, and how many sources are at fault. Not signed: it tells nothing
 * that the graph does not tell everybody.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { ExchangeStore } from './store/open-store.ts';
import { readSources } from './store/source-state.ts';

/** @returns What answers `/health`; undefined: the path is another. 503 when the database is away. */
export function serveHealth(
  store: Pick<ExchangeStore, 'reading'>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined {
  const answer = async (response: ServerResponse): Promise<void> => {
    const sources = await readSources(store).catch(() => undefined);
    const faulty = sources?.filter(({ state }) => state === 'FAULTY').map(({ system }) => system) ?? [];
    const told = { ok: sources !== undefined, database: sources !== undefined, sources: sources?.length ?? 0, faulty };
    response.writeHead(told.ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(told));
  };
  return (request, response) => ((request.url ?? '').split('?', 1)[0] === '/health' ? answer(response) : undefined);
}
