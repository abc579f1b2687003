/**
 * The gateway on its own: `npm run gateway -- --supergraph FILE|URL --port N`. No database, no partitioned contract needed; with
 * `--registry URL --registry-key FILE` it follows a registry and stands in front of the systems registered there.
 * @see README «Following a registry»
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { createLog, createShutdown, readConfig } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import { gatewaySettings } from './config.ts';
import { followedRegistry } from './followed-registry.ts';
import { startGateway } from './server.ts';

const usage = {
  zh: '用法：npm run gateway -- --supergraph 文件或网址 [--registry 网址 --registry-key 公钥文件] [--port 端口]',
  en: 'Usage: npm run gateway -- --supergraph FILE|URL [--registry URL --registry-key FILE] [--port N]',
};

/** What the command line says. */
interface Arguments {
  readonly supergraph: string | undefined;
  /** By variable. */
  readonly flags: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs until a signal ends it.
 * @param args - The command line after the command's name.
 * @param env - Usually `process.env`; `HUB_PORT`, `HUB_REGISTRY_URL` and `HUB_REGISTRY_KEY_FILE` stand for flags not given.
 * @throws HubError CONFIG_INVALID, PORT_IN_USE, FOLDER_UNREADABLE.
 */
export async function runGateway(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { supergraph: given, flags } = readArguments(args);
  const config = readConfig(env, flags);
  const followed = await followedRegistry(config);
  // Whoever follows a registry serves the law that its systems are checked against.
  const supergraph = given ?? (followed === undefined ? undefined : lawFile());
  if (supergraph === undefined) throw new HubError('CONFIG_INVALID', usage);
  const log = createLog('gateway', config.logLevel);
  await using shutdown = createShutdown({ onFault: (name, cause) => log.error({ err: cause }, name) });
  const gateway = await startGateway({ supergraph, port: config.port, log, ...gatewaySettings(config), ...followed });
  shutdown.defer('gateway', () => gateway[Symbol.asyncDispose]());
  process.stdout.write(`网关已就绪，接口 ${gateway.url}/graphql，浏览器打开 ${gateway.url}/ 可试用；Ctrl-C 结束。\n`);
  process.stdout.write(`gateway ready at ${gateway.url}\n`);
  await shutdown.closed;
}

const text = { type: 'string' } as const;

function readArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({ args: [...args], options: { supergraph: text, port: text, registry: text, 'registry-key': text } });
    const { supergraph, port, registry } = values;
    return { supergraph, flags: { HUB_PORT: port, HUB_REGISTRY_URL: registry, HUB_REGISTRY_KEY_FILE: values['registry-key'] } };
  } catch (cause) {
    throw new HubError('CONFIG_INVALID', { ...usage, cause });
  }
}

function lawFile(): string {
  return fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql'));
}
