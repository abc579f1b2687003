/**
 * The plain parts of HTTP: reading a body within bounds, writing an answer.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

import { errorCodes, HubError } from '@hub/schema';

const maxBodyBytes = 1024 * 1024;

/** An answer ready to be written. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** An answer whose parts are written as they come. */
export interface AnswerInParts extends Omit<HttpAnswer, 'body'> {
  readonly body: AsyncIterable<string>;
}

/** @returns The parsed JSON body of a POST. @throws HubError QUERY_INVALID or QUERY_TOO_LARGE. */
export async function readJsonBody(request: IncomingMessage): Promise<unknown> {
  const type = request.headers['content-type'] ?? '';
  if (!/^application\/(?:graphql\+)?json\s*(?:;|$)/i.test(type)) {
    throw new HubError('QUERY_INVALID', {
      zh: '请求的 Content-Type 应为 application/json。',
      en: 'The Content-Type of the request must be application/json.',
    });
  }
  const body = await readBody(request);
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    throw new HubError('QUERY_INVALID', { zh: '请求正文不是 JSON。', en: 'The request body is no JSON.', cause });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > maxBodyBytes) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    // A client that hangs up is no fault of the hub's.
    throw new HubError('QUERY_INVALID', { zh: '请求正文没有到齐。', en: 'The request body did not arrive in full.', cause });
  }
  if (bytes <= maxBodyBytes) return Buffer.concat(chunks);
  throw new HubError('QUERY_TOO_LARGE', {
    zh: `请求正文超过 ${maxBodyBytes} 字节。`,
    en: `The request body is larger than ${maxBodyBytes} bytes.`,
  });
}

/** Writes an answer; a client that is gone is no fault. */
export async function write(response: ServerResponse, { status, headers, body }: HttpAnswer | AnswerInParts): Promise<void> {
  if (response.destroyed || response.headersSent) return;
  const own = { ...headers, 'x-content-type-options': 'nosniff' };
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response.writeHead(status, { ...own, 'content-length': String(Buffer.byteLength(body)) });
    response.end(body);
    return;
  }
  response.writeHead(status, own);
  await pipeline(body, response).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw cause;
  });
}

/** @returns A JSON answer that nobody stores. */
export function json(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: `${JSON.stringify(value)}\n`,
  };
}

/** @returns A refusal before any operation exists, in the form of a GraphQL answer. */
export function refusal(error: HubError): HttpAnswer {
  const answer = json(errorCodes[error.code].status, { errors: [{ message: error.message, extensions: error.extensions }] });
  if (error.code !== 'UNAUTHENTICATED') return answer;
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': 'Bearer' } };
}
