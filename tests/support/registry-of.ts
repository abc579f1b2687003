/**
 * A registry and gateways that follow it, over the systems of a federation that runs: each system with a key of its own.
 */
import { type Gateway, type GatewayEvent, type GatewayOptions, startGateway } from '@hub/gateway';
import { createLog, createSigningKey, type SigningKey } from '@hub/kit/process';
import { type Registry, startRegistry } from '@hub/registry';
import postgres from 'postgres';

import { type ControlAsker, controlAsker } from './control.ts';
import { type Federation, supergraphFile } from './federation.ts';
import { gatewayKey, gatewayTrust } from './gateway-key.ts';

/** What follows a registry. */
export interface Followed extends AsyncDisposable {
  readonly registry: Registry;
  readonly operator: ControlAsker;
  /** @returns Who asks with the key a system has at present. */
  asSystem(code: string): ControlAsker;
  /** The key that a system uses from now on. */
  useKey(code: string, key: SigningKey): void;
  /** Starts a gateway that follows. */
  startGateway(copyFile: string, onEvent?: (event: GatewayEvent) => void, wanted?: Partial<GatewayOptions>): Promise<Gateway>;
  /** Ends every connection to the database, as a failover does. */
  dropConnections(): Promise<void>;
  /** Publishes where every system of the federation is, through its proxy. */
  publishAll(): Promise<void>;
}

/** Starts a registry of its own beside the federation's, on the same database. */
export async function followedRegistry({ databaseUrl, province, proxies }: Federation): Promise<Followed> {
  const [operator, registryKey] = [createSigningKey(), createSigningKey()];
  const keys = new Map(province.systems.map(({ code }) => [code, createSigningKey()]));
  const faults: unknown[] = [];
  let dropped = false;
  const registry = await startRegistry({
    databaseUrl,
    province,
    trust: gatewayTrust,
    port: 0,
    key: registryKey,
    reach: { loopback: true },
    onFault: (cause) => void faults.push(cause),
    keys: [
      { role: 'OPERATOR', issuer: 'operator', jwk: operator.publicJwk },
      { role: 'GATEWAY', issuer: 'gateway', jwk: gatewayKey.publicJwk },
      ...[...keys].map(([issuer, { publicJwk }]) => ({ role: 'SYSTEM', issuer, jwk: publicJwk }) as const),
    ],
  });
  const asSystem = (code: string): ControlAsker => {
    const key = keys.get(code);
    if (key === undefined) throw new Error(`no key of ${code}`);
    return controlAsker(registry.origin, { key, issuer: code });
  };
  const link = { origin: registry.origin, publicKeys: [registry.publicKey] };
  return {
    registry,
    operator: controlAsker(registry.origin, { key: operator, issuer: 'operator' }),
    asSystem,
    useKey: (code, key) => void keys.set(code, key),
    startGateway: (copyFile, onEvent = () => {}, wanted = {}) =>
      startGateway({
        supergraph: supergraphFile,
        port: 0,
        log: createLog('gateway', 'silent'),
        key: gatewayKey,
        reach: { loopback: true },
        registry: { ...link, copyFile, reportMs: 500 },
        onEvent,
        endpoints: { registry: registry.url },
        pollMs: 3_600_000,
        systemDeadlineMs: 20_000,
        operationDeadlineMs: 30_000,
        ...wanted,
      }),
    async dropConnections() {
      dropped = true;
      const sql = postgres(databaseUrl, { max: 1 });
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
      await sql.end();
    },
    async publishAll() {
      for (const [code, { url }] of proxies) await publishAt(asSystem(code), code, url);
    },
    async [Symbol.asyncDispose]() {
      await registry[Symbol.asyncDispose]();
      // Whatever was under way when the database ended its connections failed for that.
      const inside = faults.filter((fault) => !dropped || !/connection/i.test(fault instanceof Error ? fault.message : ''));
      if (inside.length > 0) throw new AggregateError(inside, 'the registry failed inside');
    },
  };
}

/** Publishes where a system is. @throws Error when it was not taken. */
export async function publishAt(asSystem: ControlAsker, system: string, endpoint: string): Promise<void> {
  const query = 'mutation ($input: PublishInput!) { publishSystem(input: $input) { published } }';
  const { errors } = await asSystem(query, { input: { system, endpoint } });
  if (errors.length > 0) throw new Error(`${system} was not published: ${errors[0]?.messageEn}`);
}
