/**
 * One request to one endpoint, at the lowest level undici offers (a fifth of the cost of `fetch`): kept-alive connections,
 * a deadline, and limits on what comes back. Nothing is interpreted here.
 * @see design/engine.md «Dispatch»
 */
import type { LookupFunction } from 'node:net';

import { signatureHeader } from '@hub/kit/process';
import { maxAnswerBytes } from '@hub/schema';
import { Pool } from 'undici';

/** Why there is no answer to read. */
export type PostFault = 'TIMEOUT' | 'UNREACHABLE' | 'MALFORMED' | 'ABANDONED';

/** A request without a readable answer. */
export class PostError extends Error {
  readonly fault: PostFault;
  /** A kept-alive connection that the other side closed at this very moment: asking again is worth it. */
  readonly stale: boolean;

  constructor(fault: PostFault, message: string, rest: { readonly cause?: unknown; readonly stale?: boolean } = {}) {
    super(message, { cause: rest.cause });
    this.name = 'PostError';
    this.fault = fault;
    this.stale = rest.stale ?? false;
  }
}

export interface PostOptions {
  readonly body: string;
  /** Time for everything, connecting included, ms. */
  readonly deadlineMs: number;
  /** Whether asking twice does no harm; default true. */
  readonly repeatable?: boolean;
  /** Ends the request when nobody waits for it any more. */
  readonly signal: AbortSignal;
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
}

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

  /** @throws PostError when there is no complete answer within the deadline and the limits. */
  async post(options: PostOptions): Promise<PostAnswer> {
    if (options.signal.aborted) throw abandoned();
    const untilMs = performance.now() + options.deadlineMs;
    try {
      return await this.#once(options, options.deadlineMs);
    } catch (error) {
      if (!(error instanceof PostError && error.stale) || options.repeatable === false) throw error;
      return this.#once(options, untilMs - performance.now());
    }
  }

  #once({ body, signal }: PostOptions, deadlineMs: number): Promise<PostAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<PostAnswer>();
    const chunks: Buffer[] = [];
    const { maxBytes } = this.#limits;
    let [status, bytes] = [0, 0];
    let stop: ((reason: Error) => void) | undefined;
    let given: PostError | undefined;
    const end = (error: PostError): void => {
      given ??= error;
      stop?.(given);
      reject(given);
    };
    const late = (): void => end(new PostError('TIMEOUT', `no answer within ${Math.round(deadlineMs)} ms`));
    const abandon = (): void => end(abandoned());
    const timer = setTimeout(late, Math.max(1, deadlineMs));
    signal.addEventListener('abort', abandon, { once: true });
    if (signal.aborted) abandon();

    // A signature is good for one request: one that is sent again is signed again.
    const headers = this.#sign === undefined ? [...plainHeaders] : [...plainHeaders, signatureHeader, this.#sign(body)];
    this.#pool.dispatch(
      { path: this.#path, method: 'POST', headers, body },
      {
        onRequestStart(controller) {
          stop = (reason) => controller.abort(reason);
          if (given !== undefined) stop(given);
        },
        onResponseStart(_controller, statusCode) {
          [status, bytes, chunks.length] = [statusCode, 0, 0];
        },
        onResponseData(_controller, chunk) {
          bytes += chunk.length;
          if (bytes > maxBytes) end(new PostError('MALFORMED', `the answer is larger than ${maxBytes} bytes`));
          else chunks.push(chunk);
        },
        onResponseEnd() {
          try {
            resolve({ status, text: decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)) });
          } catch (cause) {
            reject(new PostError('MALFORMED', 'the answer is not UTF-8', { cause }));
          }
        },
        onResponseError(_controller, cause) {
          const stale = status === 0 && staleCodes.has(codeOf(cause));
          reject(given ?? new PostError(faultOf(cause), cause.message, { cause, stale }));
        },
      },
    );
    return promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abandon);
    });
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

function abandoned(): PostError {
  return new PostError('ABANDONED', 'nobody waits for this answer');
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function faultOf(error: Error): PostFault {
  const code = codeOf(error);
  return malformed.has(code) || code.startsWith('HPE_') ? 'MALFORMED' : 'UNREACHABLE';
}
