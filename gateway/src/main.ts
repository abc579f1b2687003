/**
 * The gateway on its own: `npm run gateway -- --supergraph FILE|URL --port N`. No database, no partitioned contract needed; with
 * `--registry URL --registry-key FILE` it follows a registry and stands in front of the systems registered there.
 * @see README «Following a registry»
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { createLog, createShutdown, type HubConfig, type Log, readConfig } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import { gatewaySettings } from './config.ts';
import { followedRegistry, type Following } from './followed-registry.ts';
import type { Gateway, GatewayOptions } from './server.ts';
import { runWorkers } from './workers/run-workers.ts';
import { type Given, isWorker, serveAsWorker } from './workers/serve-as-worker.ts';

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
 * Runs until a signal ends it. With several workers this process only supervises them, and SIGHUP replaces them one by one.
 * @param args - The command line after the command's name.
 * @param env - Usually `process.env`; `HUB_PORT`, `HUB_REGISTRY_URL` and `HUB_REGISTRY_KEY_FILE` stand for flags not given.
 * @throws HubError CONFIG_INVALID, PORT_IN_USE, FOLDER_UNREADABLE.
 */
export async function runGateway(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { supergraph: given, flags } = readArguments(args);
  const config = readConfig(env, flags);
  const log = createLog('gateway', config.logLevel);
  if (isWorker()) return serveAsWorker({ log, open: (own) => open(config, given, own) });
  await (config.workers > 1 ? supervise(config, given, log) : serve(config, given, log));
}

async function serve(config: HubConfig, given: string | undefined, log: Log): Promise<void> {
  await using shutdown = createShutdown({ onFault: (name, cause) => log.error({ err: cause }, name) });
  const gateway = await open(config, given, { log });
  shutdown.defer('gateway', () => gateway[Symbol.asyncDispose]());
  tellReady(gateway.url);
  await shutdown.closed;
}

async function supervise(config: HubConfig, given: string | undefined, log: Log): Promise<void> {
  // What is wrong with the settings is told once, and the key is made once.
  supergraphOf(given, await followedRegistry(config));
  const { port, workers, cursorKey } = config;
  const how = `${workers} 个进程，kill -HUP ${process.pid} 逐个更换；`;
  await runWorkers({ port, count: workers, cursorKey, log, onReady: (url) => tellReady(url, how) });
}

/** Whoever follows a registry serves the law that its systems are checked against. */
function supergraphOf(given: string | undefined, followed: Following | undefined): string {
  const supergraph = given ?? (followed === undefined ? undefined : lawFile());
  if (supergraph === undefined) throw new HubError('CONFIG_INVALID', usage);
  return supergraph;
}

async function open(config: HubConfig, given: string | undefined, own: Pick<GatewayOptions, 'log'> & Partial<Given>): Promise<Gateway> {
  // A supervisor does without it: 70 MB of memory.
  const { startGateway } = await import('./server.ts');
  const followed = await followedRegistry(config);
  return startGateway({ supergraph: supergraphOf(given, followed), port: config.port, ...gatewaySettings(config), ...followed, ...own });
}

function tellReady(url: string, more = ''): void {
  process.stdout.write(`网关已就绪，接口 ${url}/graphql，浏览器打开 ${url}/ 可试用；${more}Ctrl-C 结束。\n`);
  process.stdout.write(`gateway ready at ${url}\n`);
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
