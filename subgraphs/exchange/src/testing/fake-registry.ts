/**
 * A registry that signs routing tables and tells them to whoever asks; a test says what is in them.
 * @see schema/PROTOCOL.md 12
 */
import { createServer, type ServerResponse } from 'node:http';
import { sign } from 'node:crypto';

import { createSigningKey, listenOn, type PublicJwk } from '@hub/kit/process';

import type { SourceRow } from '../harvest/source-parts.ts';

/** The registry. */
export interface FakeRegistry extends AsyncDisposable {
  readonly origin: string;
  readonly publicKeys: readonly PublicJwk[];
  /** Puts a table in force; whoever waits is told. */
  publish(published: readonly SourceRow[], withdrawn?: readonly SourceRow[]): void;
  /** Signs with this from now on: a key that nobody knows, or its own again. */
  useStrangeKey(strange: boolean): void;
}

/** Starts one with an empty table. */
export async function openFakeRegistry(): Promise<FakeRegistry> {
  const [own, other] = [createSigningKey(), createSigningKey()];
  let [position, key, systems] = [0, own, new Array<object>()];
  const waiting = new Set<ServerResponse>();
  const tell = (response: ServerResponse): void => {
    const head = encoded({ alg: 'EdDSA', kid: key.kid, typ: 'hub-routing' });
    const text = `${head}.${encoded({ iss: 'registry', at: Date.now(), position, release: 1, supergraph: '', systems })}`;
    response.writeHead(200).end(`${text}.${sign(null, Buffer.from(text), key.privateKey).toString('base64url')}`);
  };
  const server = createServer((request, response) => {
    if (request.url !== `/routing?after=${position}`) return tell(response);
    waiting.add(response);
    response.once('close', () => waiting.delete(response));
  });
  const tellAll = (): void => {
    for (const response of waiting) tell(response);
    waiting.clear();
  };
  const row = (state: string) => (source: SourceRow) => ({ ...source, name: source.code, state, contracts: ['construction'] });
  return {
    origin: `http://127.0.0.1:${await listenOn(server, 0)}`,
    publicKeys: [own.publicJwk],
    publish(published, withdrawn = []) {
      systems = [...published.map(row('published')), ...withdrawn.map(row('withdrawn'))];
      position++;
      tellAll();
    },
    useStrangeKey: (strange) => void (key = strange ? other : own),
    [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      return Promise.resolve();
    },
  };
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
