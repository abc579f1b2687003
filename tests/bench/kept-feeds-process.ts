/**
 * Feeds of several systems, each page of which was made before anybody asks: what remains to be measured is who takes them. The
 * pages are those of the kit's own systems, filled with the demonstration of the province.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';

import { fillSystem, openProvinceFolder, readFirstData } from '@hub/kit';
import { listenOn, signatureHeader } from '@hub/kit/process';
import { law } from '@hub/schema';
import { startSystems } from '@hub/trading';
import postgres from 'postgres';
import { z } from 'zod';

import { exchangeSigner, gatewayTrust } from '../support/gateway-key.ts';
import { openOwnCluster } from '../support/own-cluster.ts';
import { root } from '../support/repository.ts';

const order = z.object({ systems: z.number(), scale: z.number() });
const page = z.object({ cursor: z.string(), head: z.number(), more: z.boolean() });
const question = z.object({ after: z.string().optional() });
/** As the exchange asks. */
const first = 1_000;
/** How long a system waits for something new. */
const waitMs = 20_000;

/** One system's feed: the text of each page by the cursor it follows. */
interface KeptFeed {
  readonly code: string;
  readonly head: number;
  readonly pages: ReadonlyMap<string, string>;
}

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const feeds = new Map((await keepFeeds(order.parse(message))).map((feed) => [feed.code, feed]));
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const feed = feeds.get(request.url?.split('/')[1] ?? '');
      const { after: cursor = '' } = question.parse(JSON.parse(body));
      const kept = feed?.pages.get(cursor);
      if (kept === undefined) return void response.writeHead(404).end();
      if (cursor !== '' && !kept.includes('"payload"')) await after(waitMs, undefined, { ref: false });
      response.writeHead(200, { 'content-type': 'application/json' }).end(kept);
    });
  });
  const origin = `http://127.0.0.1:${await listenOn(server, 0)}`;
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
  });
  process.send?.({ feeds: [...feeds.values()].map(({ code, head }) => ({ code, head, url: `${origin}/${code}/graphql` })) });
}

async function keepFeeds({ systems: count, scale }: z.infer<typeof order>): Promise<readonly KeptFeed[]> {
  await using cluster = await openOwnCluster();
  const folder = await openProvinceFolder(join(root, 'schema/province'));
  const codes = folder.province.systems.filter(({ contracts }) => contracts.includes('construction')).map(({ code }) => code);
  const onFault = (cause: unknown): void => void process.stderr.write(`${String(cause)}\n`);
  await using running = await startSystems({
    databaseUrl: cluster.url,
    province: folder.province,
    trust: gatewayTrust,
    codes: codes.slice(0, count),
    onFault,
  });
  const data = await readFirstData(
    folder,
    law().contracts.flatMap(({ contract }) => contract.datasets),
  );
  const filling = { data: () => Promise.resolve(data), scale, today: '2026-11-01', receivedAt: '2026-11-01T00:00:00.000000Z' };
  for (const system of running.systems) await fillSystem(system, filling);
  await sequenced(cluster.url);
  return Promise.all(running.systems.map(({ system: { code }, url }) => keepFeed(code, new URL('feed', url))));
}

async function sequenced(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 });
  for (let left = 1; left > 0; await after(100)) {
    left = (await sql`select from outbox where not exists (select from feed where feed.outbox = outbox.id)`).count;
  }
  await sql.end();
}

async function keepFeed(code: string, url: URL): Promise<KeptFeed> {
  const pages = new Map<string, string>();
  for (let cursor = ''; ;) {
    const body = JSON.stringify({ first, ...(cursor === '' ? {} : { after: cursor }) });
    const response = await fetch(url, { method: 'POST', body, headers: { [signatureHeader]: exchangeSigner.sign(code, body) } });
    const answer = await response.text();
    const told = page.parse(JSON.parse(answer));
    pages.set(cursor, answer);
    if (cursor !== '' && !answer.includes('"payload"')) return { code, head: told.head, pages };
    ({ cursor } = told);
  }
}
