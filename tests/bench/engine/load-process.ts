/**
 * The load: some connections that ask one question after the other, each as soon as it has its answer. What is sent stands ready
 * before the first is asked, and of most answers only the bytes are counted: this process can ask 40,000 times a second.
 */
import { connect, type Socket } from 'node:net';
import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import { messageReader } from './bare-http.ts';
import { expectedAnswers } from './expected.ts';
import { stockShops } from './shops.ts';

const asking = z.object({ query: z.string(), variables: z.record(z.string(), z.union([z.number(), z.string()])) });
const begin = z.object({
  begin: z.object({
    url: z.string(),
    /** What is asked, one after the other and again from the first. */
    asks: z.array(asking),
    connections: z.number(),
    /** Runs before what counts, s. */
    warmUp: z.number(),
    /** Every how many of the asks are compared with what they must be answered. */
    compareEvery: z.number(),
    /** Each is asked once only; no time is set. */
    once: z.boolean(),
  }),
});
const measure = z.object({ measure: z.object({ seconds: z.number() }) });

/** An answer that takes longer is given up. */
const drainMs = 10_000;
/** What a connection brings at once. */
const readBytes = 1 << 17;

type Begin = z.infer<typeof begin>['begin'];

const expected = expectedAnswers(stockShops());
const known = new Map<string, string>();
let load: Load | undefined;

process.once('message', () => {
  process.on('message', obey);
  process.once('disconnect', () => load?.end());
  process.send?.({ ready: true });
});

function obey(message: unknown): void {
  const begun = begin.safeParse(message);
  if (begun.success) {
    load = new Load(begun.data.begin);
    load.run(begun.data.begin.once ? 0 : begun.data.begin.warmUp * 1000, () => process.send?.({ warm: true }));
    return;
  }
  const { seconds } = measure.parse(message).measure;
  load?.count(seconds * 1000, (told) => process.send?.(told));
}

interface Told {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytes: number;
  readonly errors: number;
  readonly compared: number;
  readonly differing: number;
  readonly firstFault: string | undefined;
}

class Load {
  readonly #order: Begin;
  readonly #sendings: readonly Buffer[];
  /** Answers found right, byte by byte, of those asks that are compared. */
  readonly #right = new Map<number, Buffer[]>();
  readonly #sockets: Socket[] = [];
  #next = 0;
  #timesMs: number[] = [];
  #bytes = 0;
  #errors = 0;
  #compared = 0;
  #differing = 0;
  #firstFault: string | undefined;
  #startedMs = 0;
  #ended = false;
  #waiting = 0;
  #onDone = (): void => {};

  constructor(order: Begin) {
    this.#order = order;
    const { host, pathname } = new URL(order.url);
    this.#sendings = order.asks.map((ask) => {
      const body = JSON.stringify(ask);
      const headers = `host: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}`;
      return Buffer.from(`POST ${pathname} HTTP/1.1\r\n${headers}\r\n\r\n${body}`);
    });
    for (let at = 0; at < order.asks.length; at += order.compareEvery) this.#right.set(at, []);
    // Worked out before anything is timed.
    for (const at of this.#right.keys()) this.#expected(at);
  }

  run(warmUpMs: number, onWarm: () => void): void {
    if (this.#order.once) return onWarm();
    this.#open();
    setTimeout(onWarm, warmUpMs);
  }

  count(forMs: number, onTold: (told: Told) => void): void {
    [this.#timesMs, this.#bytes, this.#errors, this.#compared, this.#differing] = [[], 0, 0, 0, 0];
    this.#startedMs = performance.now();
    const tell = (): void => {
      const sorted = Float64Array.from(this.#timesMs).toSorted();
      const seconds = (performance.now() - this.#startedMs) / 1000;
      const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
      const counted = { bytes: this.#bytes, errors: this.#errors, compared: this.#compared, differing: this.#differing };
      const told = { requests: sorted.length, seconds, p50Ms: at(0.5), p99Ms: at(0.99), ...counted, firstFault: this.#firstFault };
      this.#drained(() => onTold(told));
    };
    if (!this.#order.once) return void setTimeout(tell, forMs);
    this.#onDone = () => void (this.#ended || tell());
    this.#open();
  }

  /** Nothing is asked any more; what was is waited for, so that the next turn has the core to itself. */
  #drained(onDrained: () => void): void {
    this.#ended = true;
    const startedMs = performance.now();
    const look = (): void => {
      if (this.#waiting > 0 && performance.now() - startedMs < drainMs) return void setTimeout(look, 5);
      this.end();
      onDrained();
    };
    look();
  }

  end(): void {
    this.#ended = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  #open(): void {
    const { hostname, port } = new URL(this.#order.url);
    for (let number = 0; number < this.#order.connections; number++) this.#connect({ host: hostname, port: Number(port) });
  }

  #connect(where: { readonly host: string; readonly port: number }): void {
    let [at, askedMs] = [0, 0];
    const next = (): void => {
      if (this.#ended) return;
      if (this.#order.once && this.#next >= this.#sendings.length) return;
      at = this.#next++ % this.#sendings.length;
      askedMs = performance.now();
      this.#waiting++;
      socket.write(this.#sendings[at] ?? '');
    };
    const take = messageReader({
      // Where one thing is asked again and again, comparing every answer would only cost.
      wants: () => this.#right.has(at) && (this.#sendings.length > 1 || this.#order.once || this.#next % 20 === 0),
      onMessage: ({ head, bytes, body }) => {
        this.#waiting--;
        this.#timesMs.push(performance.now() - askedMs);
        this.#bytes += bytes;
        if (!head.startsWith('HTTP/1.1 200')) this.#fault(`${head.slice(0, 40)} ${body?.toString().slice(0, 300) ?? ''}`);
        else if (body !== undefined) this.#compare(at, body);
        if (this.#order.once && this.#timesMs.length === this.#sendings.length) this.#onDone();
        else next();
      },
    });
    // Read into the same memory again and again: what is only counted is not kept.
    const onread = { buffer: Buffer.allocUnsafe(readBytes), callback: (bytes: number, memory: Uint8Array) => taken(take, memory, bytes) };
    const socket = connect({ ...where, noDelay: true, onread });
    this.#sockets.push(socket);
    socket.once('connect', next);
    socket.on('error', ({ message }) => this.#fault(message));
    socket.once('close', () => {
      this.#fault('a connection was closed');
      if (this.#order.once) this.#onDone();
    });
  }

  #compare(at: number, body: Buffer): void {
    this.#compared++;
    const right = this.#right.get(at) ?? [];
    if (right.some((answer) => answer.equals(body))) return;
    if (isDeepStrictEqual(parsed(body.toString()), JSON.parse(this.#expected(at)))) return void right.push(Buffer.from(body));
    this.#differing++;
    this.#firstFault ??= `${JSON.stringify(this.#order.asks[at]?.variables)}: ${body.toString().slice(0, 300)}`;
  }

  #expected(at: number): string {
    const ask = this.#order.asks[at];
    if (ask === undefined) return 'null';
    const key = JSON.stringify(ask);
    const answer = known.get(key) ?? expected(ask.query, ask.variables);
    known.set(key, answer);
    return answer;
  }

  #fault(text: string): void {
    if (this.#ended) return;
    this.#errors++;
    this.#firstFault ??= text;
  }
}

function taken(take: (piece: Buffer) => void, memory: Uint8Array, bytes: number): boolean {
  take(Buffer.from(memory.buffer, memory.byteOffset, bytes));
  return true;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
