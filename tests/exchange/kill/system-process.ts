/**
 * A trading program in a process of its own: it takes records batch by batch, as a sender gives them, and serves its feed
 * meanwhile. It kills itself at the point it is told, when that comes for the TURNth time: `ORDER`, as JSON. It tells its port, and
 * each batch that its sender was answered for.
 */
import { createServer, type RequestListener, type ServerResponse } from 'node:http';

import { acceptAlongside, openStore, startSequencer, withFeed } from '@hub/kit';
import { exchangeIssuer, keysByIssuer, listenOn, trustKeys } from '@hub/kit/process';
import { law } from '@hub/schema';
import { z } from 'zod';

import { put, systemRow } from '../../support/feed-system.ts';

const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('EdDSA'),
});
const order = z
  .object({
    url: z.string(),
    system: z.string(),
    port: z.number(),
    exchangeKey: publicKey,
    /** Records that its sender was answered for already. */
    from: z.number(),
    to: z.number(),
    batch: z.number(),
    point: z.string(),
    turn: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const { url, system, from, to, batch } = order;

let left = order.turn;
const dies = (point: string): boolean => point === order.point && (left -= 1) === 0;
const die = (): void => void process.kill(process.pid, 'SIGKILL');
const at = (point: string): void => {
  if (dies(point)) die();
};

const { contracts, codes } = law();
const served = contracts.map(({ contract }) => contract).filter(({ name }) => ['board', 'construction'].includes(name));
const onFault = (cause: unknown): void => void process.stderr.write(`${String(cause)}\n`);
const store = await openStore({ url, contracts: served, poolSize: 4 });
const names = served.map(({ name }) => name);
const target = { store, codes, system: systemRow(system, names) };
const trust = trustKeys(keysByIssuer([{ ...order.exchangeKey, iss: exchangeIssuer }]));
const feed = withFeed(target, { verifier: trust.verifierFor(system), onFault }, (_, response) => void response.writeHead(404).end());
const mortal: RequestListener = (request, response) => {
  at('feed:asked');
  endsAtPoints(response);
  feed(request, response);
};
const port = await listenOn(createServer(mortal), order.port);
startSequencer({ url, onFault });
process.stdout.write(`listens ${port}\n`);

for (let kept = from; kept < to; kept += batch) {
  const records = Array.from({ length: Math.min(batch, to - kept) }, (_, place) =>
    put('PROJECT', `K${kept + place}`, { PROJECT_NAME: `甲${kept + place}` }),
  );
  at('batch:before');
  const alongside = async (): Promise<void> => at('batch:uncommitted');
  await acceptAlongside(target, records, { receivedAt: '2026-11-01T00:00:00.000000Z', alongside });
  at('batch:committed');
  process.stdout.write(`kept ${kept + records.length}\n`);
}

/** What is answered may end in its middle, or be the last thing. */
function endsAtPoints(response: ServerResponse): void {
  const end = response.end.bind(response);
  response.end = (body?: unknown) => {
    const text = typeof body === 'string' ? body : '';
    // An answer without changes is none of a page.
    if (!text.includes('"payload"')) return end(body);
    if (dies('feed:half')) {
      response.write(text.slice(0, text.length / 2), die);
      return response;
    }
    return end(text, () => at('feed:answered'));
  };
}
