/**
 * A province of one system on this machine: a registry that begins anew, and a gateway. The system is registered and published
 * in it as in any other, through the control interface and with its own key.
 * @see subgraphs/GUIDE.md; schema/PROTOCOL.md 12
 */
import { fileURLToPath } from 'node:url';

import { type Gateway, gatewaySettings, startGateway } from '@hub/gateway';
import { provinceCodes } from '@hub/kit';
import { createSigningKey, type HubConfig, type Log, readSigningKey, type Shutdown, type SigningKey, type Trust } from '@hub/kit/process';
import { startRegistry } from '@hub/registry';
import { HubError, type Province } from '@hub/schema';
import { z } from 'zod';

import { askControl } from './ask-control.ts';
import type { SystemFolder } from './system-folder.ts';

/** What it stands around. */
export interface LocalProvince {
  readonly config: HubConfig;
  /** Of the registry, which begins anew. */
  readonly databaseUrl: string;
  readonly province: Province;
  readonly system: SystemFolder;
  /** Where the system listens. */
  readonly endpoint: string;
  readonly sdl: string;
  readonly gatewayKey: SigningKey;
  readonly trust: Trust;
  readonly examples: readonly string[];
  readonly log: Log;
  readonly shutdown: Shutdown;
}

const register = 'mutation ($input: RegisterInput!) { registerSystem(input: $input) { code } }';
const publish =
  'mutation ($input: PublishInput!) { publishSystem(input: $input) { published findings { code element severity messageZh messageEn } } }';
const published = z.object({
  publishSystem: z.object({
    published: z.boolean(),
    findings: z.array(z.object({ code: z.string(), element: z.string(), messageZh: z.string(), messageEn: z.string() })),
  }),
});

/** @throws HubError PORT_IN_USE, CONFIG_INVALID, REGISTRATION_INVALID with what the registry does not take. */
export async function openLocalProvince(local: LocalProvince): Promise<Gateway> {
  const { config, province, system, endpoint, sdl, gatewayKey, log, shutdown } = local;
  const operator = createSigningKey();
  const reach = { loopback: true };
  const registry = await startRegistry({
    databaseUrl: local.databaseUrl,
    province: { ...province, systems: [] },
    trust: local.trust,
    port: config.registryPort,
    reach,
    keys: [
      { role: 'OPERATOR', issuer: 'operator', jwk: operator.publicJwk },
      { role: 'GATEWAY', issuer: 'gateway', jwk: gatewayKey.publicJwk },
    ],
    onFault: (cause) => log.error({ err: cause }, 'fault'),
  });
  shutdown.defer('registry', () => registry[Symbol.asyncDispose]());
  const { origin } = registry;
  const { settings, registration } = system;
  await askControl({ origin, key: operator, issuer: 'operator' }, register, { input: { ...registration, contracts: settings.contracts } });
  const own = { origin, key: readSigningKey(settings.keyFile), issuer: settings.system };
  const answer = await askControl(own, publish, { input: { system: settings.system, endpoint, contracts: settings.contracts, sdl } });
  const { publishSystem } = published.parse(answer);
  if (!publishSystem.published) throw notPublished(publishSystem.findings);
  const gateway = await startGateway({
    ...gatewaySettings(config),
    key: gatewayKey,
    reach,
    supergraph: fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql')),
    port: config.port,
    log,
    examples: local.examples,
    registry: { origin, publicKeys: [registry.publicKey] },
    endpoints: { registry: registry.url },
    codes: provinceCodes(province),
  });
  shutdown.defer('gateway', () => gateway[Symbol.asyncDispose]());
  return gateway;
}

type Finding = z.output<typeof published>['publishSystem']['findings'][number];

function notPublished(findings: readonly Finding[]): HubError {
  const told = findings.slice(0, 5);
  return new HubError('REGISTRATION_INVALID', {
    zh: `本地登记处没有发布：${told.map(({ code, element, messageZh }) => `${code} ${element} ${messageZh}`).join('；')}`,
    en: `The local registry did not publish it: ${told.map(({ code, element, messageEn }) => `${code} ${element} ${messageEn}`).join('; ')}`,
  });
}
