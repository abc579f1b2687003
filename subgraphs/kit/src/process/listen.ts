/**
 * Opens a port, or says in one line why it cannot.
 */
import type { Server } from 'node:net';

import { HubError } from '@hub/schema';

/**
 * Listens on 127.0.0.1 (systems and gateway alike: what stands in front of the hub is not the hub).
 * @param port - 0 takes a free one.
 * @param setting - The variable that names the port, for the refusal.
 * @returns The port it listens on.
 * @throws HubError PORT_IN_USE when another program holds the port or this user may not open it.
 */
export async function listenOn(server: Server, port: number, setting = 'HUB_PORT'): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen({ port, host: '127.0.0.1' }, resolve);
  try {
    await promise;
  } catch (cause) {
    throw portRefused(port, setting, cause);
  } finally {
    server.off('error', reject);
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function portRefused(port: number, setting: string, cause: unknown): HubError {
  const denied = cause instanceof Error && 'code' in cause && cause.code === 'EACCES';
  return new HubError('PORT_IN_USE', {
    zh: denied
      ? `无权使用端口 ${port}，请用 ${setting} 指定 1024 以上的端口。`
      : `端口 ${port} 已被其他程序占用，请结束该程序，或用 ${setting} 指定其他端口。`,
    en: denied
      ? `This user may not open port ${port}; set ${setting} to one above 1024.`
      : `Port ${port} is in use by another program; end it, or set ${setting} to another port.`,
    cause,
  });
}
