/**
 * The keys of what this hub runs itself, kept in the data folder: the registry signs routing tables with its own, each system
 * publishes with its own, the exchange asks
 * systems for their feeds with its own, and an operator's stands for whoever may read the folder.
 * @see schema/PROTOCOL.md 10; README «Settings»
 */
import { join } from 'node:path';

import {
  exchangeIssuer,
  gatewayIssuer,
  openDataFolder,
  openSigningKey,
  openStatementKey,
  publicKeyOf,
  type SigningKey,
  writePublicKey,
} from '@hub/kit/process';
import type { GivenKey } from '@hub/registry';
import type { Sm2PrivateKey } from '@hub/schema';

/** The keys. */
export interface HubKeys {
  readonly registry: SigningKey;
  readonly exchange: SigningKey;
  /** Signs the statements of the exchange. */
  readonly statement: Sm2PrivateKey;
  /** Stands for whoever may read the folder. */
  readonly operator: SigningKey;
  /** By system. */
  readonly systems: ReadonlyMap<string, SigningKey>;
  /** The public halves, for the registry. */
  readonly given: readonly GivenKey[];
}

/** Whose keys there are. */
export interface GivenTo {
  readonly systems: readonly string[];
  readonly gateways: readonly unknown[];
  readonly operators?: readonly { readonly name: string; readonly jwk: unknown }[];
}

/**
 * Reads the keys, and makes those that are not there.
 * @param gateways - Public keys (JWK) of gateways.
 * @param operators - Public keys of persons, beside the one that is kept here under the name `operator`.
 * @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE.
 */
export async function openHubKeys(dataDir: string, { systems: codes, gateways, operators = [] }: GivenTo): Promise<HubKeys> {
  const folder = join(dataDir, 'system-keys');
  await openDataFolder(folder);
  const systems = new Map(codes.map((code) => [code, openSigningKey(join(folder, `${code}.json`))]));
  const operator = openSigningKey(join(dataDir, 'operator-key.json'));
  const registryFile = join(dataDir, 'registry-key.json');
  const registry = openSigningKey(registryFile);
  // For gateways that follow this registry from elsewhere.
  writePublicKey(registryFile, registry);
  const exchange = openExchangeKey(dataDir);
  return {
    registry,
    exchange,
    statement: openStatementKey(join(dataDir, 'exchange-statement-key.pem')),
    operator,
    systems,
    given: [
      { role: 'OPERATOR', issuer: 'operator', jwk: operator.publicJwk },
      ...operators.flatMap(({ name, jwk }) => givenTo('OPERATOR', name, jwk)),
      // It reads the routing table, as gateways do.
      ...givenTo('GATEWAY', exchangeIssuer, exchange.publicJwk),
      ...gateways.flatMap((jwk) => givenTo('GATEWAY', gatewayIssuer, jwk)),
      ...[...systems].map(([issuer, { publicJwk }]): GivenKey => ({ role: 'SYSTEM', issuer, jwk: publicJwk })),
    ],
  };
}

/**
 * The key by which the exchange asks for feeds, in a data folder that is there; made when there is none.
 * @throws HubError CONFIG_INVALID
 */
export function openExchangeKey(dataDir: string): SigningKey {
  const file = join(dataDir, 'exchange-key.json');
  const key = openSigningKey(file);
  // For systems that run elsewhere and are to answer this exchange.
  writePublicKey(file, key, exchangeIssuer);
  return key;
}

function givenTo(role: GivenKey['role'], issuer: string, jwk: unknown): readonly GivenKey[] {
  const known = publicKeyOf(jwk);
  return known === undefined ? [] : [{ role, issuer, jwk: known.publicJwk }];
}
