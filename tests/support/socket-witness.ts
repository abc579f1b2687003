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
  const [first, second] = Array.isArray(words[0]) ? words[0] : words;
  if (typeof first === 'object' && first !== null) {
    if ('path' in first && typeof first.path === 'string') return undefined;
    const host = 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
    return { host, port: 'port' in first ? String(first.port) : '' };
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return undefined;
  return { host: typeof second === 'string' ? second : 'localhost', port: String(first) };
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = new Proxy(connect, {
  apply(target, socket: net.Socket, words: unknown[]) {
    const to = targetOf(words);
    if (to !== undefined) note('connect', `${to.host}:${to.port}`);
    if (to === undefined || loopback.test(to.host)) return Reflect.apply(target, socket, words);
    return socket.destroy(foreign(`${to.host}:${to.port}`));
  },
});

net.Server.prototype.listen = new Proxy(net.Server.prototype.listen, {
  apply(target, server: net.Server, words: unknown[]) {
    server.once('listening', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) note('listen', `${address.address}:${address.port}`);
    });
    return Reflect.apply(target, server, words);
  },
});

dns.lookup = new Proxy(dns.lookup, {
  apply(target, self, words: unknown[]) {
    const [name] = words;
    if (typeof name === 'string' && !loopback.test(name)) {
      note('lookup', name);
      const done = words.at(-1);
      if (typeof done === 'function') return void process.nextTick(() => Reflect.apply(done, undefined, [foreign(name)]));
    }
    return Reflect.apply(target, self, words);
  },
});

dgram.Socket.prototype.send = new Proxy(dgram.Socket.prototype.send, {
  apply() {
    note('connect', 'a datagram');
    throw foreign('a datagram');
  },
});

syncBuiltinESMExports();
