/**
 * Ports for programs that are told theirs before they start.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

import { listenOn } from '@hub/kit/process';

/** @returns The first of so many free ports in a row, below those that systems hand out by themselves. */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    const servers = Array.from({ length: count }, () => createServer());
    const open = servers.map((server, place) =>
      listenOn(server, port + place).then(
        () => true,
        () => false,
      ),
    );
    const isFree = (await Promise.all(open)).every(Boolean);
    await Promise.all(servers.filter(({ listening }) => listening).map((server) => new Promise((resolve) => server.close(resolve))));
    if (isFree) return port;
  }
}
