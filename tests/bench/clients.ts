/**
 * Clients of measurements: they keep connections open, read what comes to its last byte, and do no more.
 */
import type { SystemRow } from '@hub/gateway';
import { signatureHeader } from '@hub/kit/process';
import { Pool } from 'undici';

import { gatewaySigner } from '../support/gateway-key.ts';

const headers = { 'content-type': 'application/json' } as const;
const maxConnections = 64;

/** A client that asks systems directly, signed as they demand, and waits for the last of them. */
export interface DirectClient extends AsyncDisposable {
  /** @returns What each said, in the order of the table. */
  askAll(body: string): Promise<readonly string[]>;
  askOne(system: number, body: string): Promise<string>;
}

/** @returns A client with kept-alive connections to every system. */
export function openDirectClient(systems: readonly SystemRow[]): DirectClient {
  const pools = systems.map(({ url }) => new Pool(new URL(url).origin, { connections: maxConnections }));
  const askOne = async (system: number, body: string): Promise<string> => {
    const [pool, code] = [pools[system], systems[system]?.code];
    if (pool === undefined || code === undefined) throw new RangeError(`there is no system ${system}`);
    const signature = gatewaySigner.sign(code, body);
    const answer = await pool.request({ path: '/graphql', method: 'POST', headers: { ...headers, [signatureHeader]: signature }, body });
    return answer.body.text();
  };
  return {
    askOne,
    askAll: (body) => Promise.all(pools.keys().map((system) => askOne(system, body))),
    [Symbol.asyncDispose]: async () => void (await Promise.all(pools.map((pool) => pool.close()))),
  };
}

/** Asks a GraphQL endpoint with connections of its own. */
export interface Asker extends AsyncDisposable {
  /** @returns The answer as text. @throws Error when it has errors. */
  ask(query: string): Promise<string>;
}

/** @returns A client of one endpoint. */
export function openAsker(url: string): Asker {
  const pool = new Pool(new URL(url).origin, { connections: maxConnections });
  return {
    async ask(query) {
      const answer = await pool.request({
        path: '/graphql',
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      });
      const told = await answer.body.text();
      if (answer.statusCode !== 200 || told.startsWith('{"errors"')) throw new Error(told.slice(0, 500));
      return told;
    },
    [Symbol.asyncDispose]: () => pool.close(),
  };
}
