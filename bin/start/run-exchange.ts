/**
 * Runs the exchange beside the registry and the systems of this process.
 * @see subgraphs/exchange/README.md
 */
import type { Exchange } from '@hub/exchange';
import { publicKeyOf, type Reach, type Shutdown, type Trust } from '@hub/kit/process';
import type { Registry } from '@hub/registry';
import type { Province } from '@hub/schema';
import type { TradingSystems } from '@hub/trading';

import { hostingBy } from './host-system.ts';
import type { HubKeys } from './hub-keys.ts';
import type { SystemsOrder } from './messages.ts';

/** For so long the cores are the gateway's, which opens when this process has told that it is ready. */
const harvestAfterMs = 2_000;

/** What it runs beside. */
export interface ExchangeNeighbours {
  readonly trading: TradingSystems;
  readonly registry: Registry;
  readonly keys: HubKeys;
  readonly trust: Trust;
  readonly province: Province;
  readonly reach: Reach;
  readonly shutdown: Shutdown;
  readonly onFault: (cause: unknown) => void;
}

/** Where an exchange is. */
type ExchangePlace = Pick<Exchange, 'url' | 'origin'>;

/** @returns The exchange that runs elsewhere, where there is one: then this hub starts none. */
export async function exchangeAt(elsewhere: string | undefined, start: () => Promise<ExchangePlace>): Promise<ExchangePlace> {
  return elsewhere === undefined ? start() : { url: `${elsewhere}/graphql`, origin: elsewhere };
}

/** Starts it last of all: what it harvests is there, and a first start is not slowed by it. */
export async function runExchange(order: SystemsOrder, beside: ExchangeNeighbours): Promise<ExchangePlace> {
  const { trading, registry, keys, trust, province, reach, shutdown, onFault } = beside;
  const { startExchange } = await import('@hub/exchange');
  const exchange = await startExchange({
    databaseUrl: order.databaseUrl,
    province,
    trust,
    port: order.exchangePort,
    key: keys.exchange,
    statementKey: keys.statement,
    signers: registry.keys,
    registry: { origin: registry.origin, publicKeys: [registry.publicKey] },
    declared: () => registry.systems(),
    nationUrl: order.nationUrl,
    nationKeys: (order.nationKeys ?? []).flatMap((jwk) => publicKeyOf(jwk)?.publicJwk ?? []),
    hosted: trading.systems,
    host: hostingBy({ registry, trading, operator: keys.operator }),
    reach,
    harvestAfterMs,
    onFault,
  });
  shutdown.defer('exchange', () => exchange[Symbol.asyncDispose]());
  return exchange;
}
