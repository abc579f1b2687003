/**
 * Preloaded into a process (`--import`) and, through `NODE_OPTIONS`, into all it starts: writes down every socket it opens,
 * every port it listens on and every name it looks up, and lets nothing leave this machine.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const file = process.env['SOCKET_WITNESS'] ?? '';
const loopback = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

function note(kind: 'connect' | 'listen' | 'lookup', what: string): void {
  appendFileSync(file, `${kind} ${what}\n`);
}

function foreign(what: string): Error {
  return new Error(`the witness lets nothing leave this machine: ${what}`);
}

/** `connect` takes an options object, a port and a host, or the arguments already put together by Node. */
function targetOf(words: readonly unknown[]): { readonly host: string; readonly port: string } | undefined {
  const together: unknown = words[0];
  const [first, second]: readonly unknown[] = Array.isArray(together) ? together : words;
  if (typeof first === 'object' && first !== null) {
    if ('path' in first && typeof first.path === 'string') return undefined;
    const host = 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
    return { host, port: 'port' in first ? String(first.port) : '' };
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return undefined;
  return { host: typeof second === 'string' ? second : 'localhost', port: String(first) };
}

/** The function with something done first; what that gives back other than undefined is the answer. */
function before<Self extends object>(of: Self, name: keyof Self, first: (self: Self, words: readonly unknown[]) => unknown): void {
  const original: unknown = Reflect.get(of, name);
  if (typeof original !== 'function') throw new Error(`nothing to watch: ${String(name)}`);
  const watched = new Proxy(original, {
    apply: (target, self: Self, words: unknown[]): unknown => first(self, words) ?? Reflect.apply(target, self, words),
  });
  Reflect.set(of, name, watched);
}

before(net.Socket.prototype, 'connect', (socket, words) => {
  const to = targetOf(words);
  if (to === undefined) return undefined;
  const target = `${to.host}:${to.port}`;
  note('connect', target);
  return loopback.test(to.host) ? undefined : socket.destroy(foreign(target));
});

before(net.Server.prototype, 'listen', (server) => {
  server.once('listening', () => {
    const address = server.address();
    if (typeof address === 'object' && address !== null) note('listen', `${address.address}:${address.port}`);
  });
});

before(dns, 'lookup', (_dns, words) => {
  const name = words[0];
  const done = words.at(-1);
  if (typeof name !== 'string' || loopback.test(name) || typeof done !== 'function') return undefined;
  note('lookup', name);
  process.nextTick(() => void Reflect.apply(done, undefined, [foreign(name)]));
  return {};
});

before(dgram.Socket.prototype, 'send', () => {
  note('connect', 'a datagram');
  throw foreign('a datagram');
});

syncBuiltinESMExports();
