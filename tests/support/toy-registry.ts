/**
 * A registry over the toy province, with a key for every system and an operator, on a clock that moves only when told to.
 */
import { type Clock, createSigner, createSigningKey, manualClock, type SigningKey } from '@hub/kit/process';
import { openTestDatabase } from '@hub/kit/testing';
import { type Registry, startRegistry } from '@hub/registry';
import { law, serveContracts } from '@hub/schema';
import { print } from 'graphql';

import { type ControlAsker, sendControl } from './control.ts';
import { gatewayKey, gatewayTrust } from './gateway-key.ts';
import { toyProvince } from './toy-province.ts';

/** The registry's clock, and that of whoever signs. */
export const clock = manualClock(Date.parse('2026-11-22T04:00:00Z'));

/** By signer. */
export const keys = {
  operator: createSigningKey(),
  'second-operator': createSigningKey(),
  xingcheng: createSigningKey(),
  yuecheng: createSigningKey(),
  'toy-construction': createSigningKey(),
} as const;

/** Who has a key. */
export type SignerName = keyof typeof keys;

/** What is asked. */
export interface ToyRegistry extends AsyncDisposable {
  readonly registry: Registry;
  readonly databaseUrl: string;
  /** Asks in the name of whoever has a key. */
  as(issuer: SignerName): ControlAsker;
  /** Asks in any name with any key. */
  with(issuer: string, key: SigningKey): ControlAsker;
}

/** Starts it on a database of its own. @param at - Its clock, when other processes are to sign for it. */
export async function startToyRegistry(at: Clock = clock): Promise<ToyRegistry> {
  await using opened = new AsyncDisposableStack();
  const faults: unknown[] = [];
  opened.defer(() => {
    if (faults.length > 0) throw new AggregateError(faults, 'the registry failed inside');
  });
  const database = opened.use(await openTestDatabase());
  const given = Object.entries(keys).map(
    ([issuer, { publicJwk: jwk }]) => ({ role: issuer.endsWith('operator') ? 'OPERATOR' : 'SYSTEM', issuer, jwk }) as const,
  );
  const registry = opened.use(
    await startRegistry({
      databaseUrl: database.url,
      province: await toyProvince(),
      trust: gatewayTrust,
      port: 0,
      clock: at,
      reach: { loopback: true },
      onFault: (cause) => void faults.push(cause),
      keys: [{ role: 'GATEWAY', issuer: 'gateway', jwk: gatewayKey.publicJwk }, ...given],
    }),
  );
  const asker = (issuer: string, key: SigningKey): ControlAsker => {
    const signer = createSigner({ key, issuer, clock: at });
    return (query, variables = {}) => {
      const body = JSON.stringify({ query, variables });
      return sendControl(registry.origin, { body, signature: signer.sign('registry', body) });
    };
  };
  const running = opened.move();
  return {
    registry,
    databaseUrl: database.url,
    as: (issuer) => asker(issuer, keys[issuer]),
    with: asker,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** @returns The SDL of contracts as a system serves it. */
export function sdlOf(...names: readonly string[]): string {
  return print(
    serveContracts(
      law()
        .contracts.filter(({ contract }) => names.includes(contract.name))
        .map(({ served }) => served),
    ),
  );
}

/** Publishes, and asks for all that comes of it. */
export const publish = `mutation ($input: PublishInput!) { publishSystem(input: $input) {
  published position findings { code element } system { code state endpoint contracts version onboarding } } }`;

/** Where nobody listens. */
export const endpoint = 'http://127.0.0.1:5999/graphql';
