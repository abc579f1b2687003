/**
 * One request to one endpoint, at the lowest level undici offers (a fifth of the cost of `fetch`): kept-alive connections,
 * a deadline, and limits on what comes back. It is parsed here, once, and not interpreted.
 * @see design/engine.md «Dispatch»
 */
import type { LookupFunction } from 'node:net';

import { signatureHeader } from '@hub/kit/process';
import { maxAnswerBytes } from '@hub/schema';
import { Pool } from 'undici';

import { PostError, type PostFault } from './post-error.ts';
import { isObject } from './reader.ts';
import { type PostAnswer, type PostOptions, type Send, type Sending, SharedPosts } from './shared-posts.ts';

export interface EndpointLimits {
  readonly maxConnections: number;
  readonly maxBytes: number;
  readonly maxHeaderBytes: number;
}

const usualLimits: EndpointLimits = { maxConnections: 64, maxBytes: maxAnswerBytes, maxHeaderBytes: 16 * 1024 };

/** How an endpoint is asked. */
export interface EndpointOptions {
  readonly limits?: EndpointLimits | undefined;
  /** Makes the signature of a request from its body; absent: requests are not signed. */
  readonly sign?: ((body: string) => string) | undefined;
  /** Finds and judges the addresses of the endpoint's name, at every connect. */
  readonly lookup?: LookupFunction | undefined;
}

const plainHeaders = ['content-type', 'application/json', 'accept', 'application/json'] as const;

const malformed: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/** A GraphQL endpoint with its connections. */
export class Endpoint implements AsyncDisposable {
  readonly #pool: Pool;
  readonly #path: string;
  readonly #limits: EndpointLimits;
  readonly #sign: EndpointOptions['sign'];
  readonly #shared = new SharedPosts((request) => this.#send(request));

  constructor(url: string, { limits = usualLimits, sign, lookup }: EndpointOptions = {}) {
    const { origin, pathname, search } = new URL(url);
    this.#path = `${pathname}${search}`;
    this.#limits = limits;
    this.#sign = sign;
    this.#pool = new Pool(origin, {
      connections: limits.maxConnections,
      maxHeaderSize: limits.maxHeaderBytes,
      keepAliveTimeout: 10_000,
      // The caller's deadline rules.
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 10_000,
      ...(lookup === undefined ? {} : { connect: { lookup } }),
    });
  }

  /**
   * Asks, together with whoever asks the same at this time.
   * @throws PostError when there is no complete answer within the deadline and the limits
   */
  post(options: PostOptions): Promise<PostAnswer> {
    return this.#shared.post(options);
  }

  #send({ body, deadlineMs, repeatable }: Parameters<Send>[0]): Sending {
    const untilMs = performance.now() + deadlineMs;
    let sending = this.#once(body, deadlineMs);
    const again = (error: unknown): Promise<PostAnswer> => {
      if (!(error instanceof PostError && error.stale) || !repeatable) throw error;
      sending = this.#once(body, untilMs - performance.now());
      return sending.answer;
    };
    return { answer: sending.answer.catch(again), stop: (reason) => sending.stop(reason) };
  }

  #once(body: string, deadlineMs: number): Sending {
    const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>();
    const chunks: Buffer[] = [];
    const { maxBytes } = this.#limits;
    let [status, bytes] = [0, 0];
    let end: ((reason: Error) => void) | undefined;
    let given: PostError | undefined;
    const stop = (reason: PostError): void => {
      clearTimeout(timer);
      given ??= reason;
      end?.(given);
      reject(given);
    };
    const late = (): void => stop(new PostError('TIMEOUT', `no answer within ${Math.round(deadlineMs)} ms`));
    const timer = setTimeout(late, Math.max(1, deadlineMs));

    // A signature is good for one request: one that is sent again is signed again.
    const headers = this.#sign === undefined ? [...plainHeaders] : [...plainHeaders, signatureHeader, this.#sign(body)];
    this.#pool.dispatch(
      { path: this.#path, method: 'POST', headers, body },
      {
        onRequestStart(controller) {
          end = (reason) => controller.abort(reason);
          if (given !== undefined) end(given);
        },
        onResponseStart(_controller, statusCode) {
          [status, bytes, chunks.length] = [statusCode, 0, 0];
        },
        onResponseData(_controller, chunk) {
          bytes += chunk.length;
          if (bytes > maxBytes) stop(new PostError('MALFORMED', `the answer is larger than ${maxBytes} bytes`));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          clearTimeout(timer);
          try {
            resolve({ status, answer: parsed(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks), status) });
          } catch (error) {
            reject(error);
          }
        },
        onResponseError(_controller, cause) {
          clearTimeout(timer);
          const stale = status === 0 && staleCodes.has(codeOf(cause));
          reject(given ?? new PostError(faultOf(cause), cause.message, { cause, stale }));
        },
      },
    );
    return { answer: promise, stop };
  }

  /** Lets the requests under way end, then closes the connections. */
  async retire(): Promise<void> {
    await this.#pool.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }
}

const staleCodes: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
const decoder = new TextDecoder('utf-8', { fatal: true });

function parsed(body: Buffer | undefined, status: number): unknown {
  // A proxy's word that nobody is behind it.
  const isProxys = status >= 502 && status <= 504;
  let answer: unknown;
  try {
    answer = JSON.parse(decoder.decode(body));
  } catch (cause) {
    throw new PostError(isProxys ? 'UNREACHABLE' : 'MALFORMED', `HTTP ${status}, no JSON`, { cause });
  }
  if (isProxys && !isObject(answer)) throw new PostError('UNREACHABLE', `HTTP ${status}`);
  return answer;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function faultOf(error: Error): PostFault {
  const code = codeOf(error);
  return malformed.has(code) || code.startsWith('HPE_') ? 'MALFORMED' : 'UNREACHABLE';
}
