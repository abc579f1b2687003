/**
 * The gateway on its own: `npm run gateway -- --supergraph FILE|URL --port N`. No database, no partitioned contract needed.
 */
import { parseArgs } from 'node:util';

import { createLog, createShutdown, readConfig } from '@hub/kit/process';
import { HubError } from '@hub/schema';

import { gatewaySettings } from './config.ts';
import { startGateway } from './server.ts';

const usage = {
  zh: '用法：npm run gateway -- --supergraph 文件或网址 [--port 端口]',
  en: 'Usage: npm run gateway -- --supergraph FILE|URL [--port N]',
};

/**
 * Runs until a signal ends it.
 * @param args - The command line after the command's name.
 * @param env - Usually `process.env`; `HUB_PORT` is the port when none is given.
 * @throws HubError CONFIG_INVALID, PORT_IN_USE.
 */
export async function runGateway(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const { supergraph, port } = readArguments(args);
  const config = readConfig(env, { HUB_PORT: port });
  const log = createLog('gateway', config.logLevel);
  await using shutdown = createShutdown({ onFault: (name, cause) => log.error({ err: cause }, name) });
  const gateway = await startGateway({ supergraph, port: config.port, log, ...gatewaySettings(config) });
  shutdown.defer('gateway', () => gateway[Symbol.asyncDispose]());
  process.stdout.write(`网关已就绪，接口 ${gateway.url}/graphql，浏览器打开 ${gateway.url}/ 可试用；Ctrl-C 结束。\n`);
  process.stdout.write(`gateway ready at ${gateway.url}\n`);
  await shutdown.closed;
}

function readArguments(args: readonly string[]): { readonly supergraph: string; readonly port: string | undefined } {
  try {
    const { values } = parseArgs({ args: [...args], options: { supergraph: { type: 'string' }, port: { type: 'string' } } });
    if (values.supergraph !== undefined) return { supergraph: values.supergraph, port: values.port };
  } catch (cause) {
    throw new HubError('CONFIG_INVALID', { ...usage, cause });
  }
  throw new HubError('CONFIG_INVALID', usage);
}
