/**
 * Signed requests beside a graph: what can be judged by the header is judged before the body is read, and nothing else is told
 * to whoever is not believed.
 * @see schema/PROTOCOL.md 10
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { errorCodes, HubError } from '@hub/schema';

import { signatureHeader } from '../process/signing/sign-request.ts';
import type { TrustedKey } from '../process/signing/trusted-keys.ts';
import type { RequestVerifier } from '../process/signing/verify-request.ts';

/** The keys that are believed, and whose they are. */
export interface Signers<Signer> {
  /** For the verifier. @returns undefined for a key that is unknown, revoked, not yet or no longer in force. */
  keyOf(kid: string): TrustedKey | undefined;
  /** @returns Whose key it is; undefined as for `keyOf`. */
  get(kid: string): Signer | undefined;
  /** Reads again what is older than a moment. */
  refresh(): Promise<void>;
}

/** A request that is believed. */
export interface Believed<Signer> {
  readonly signer: Signer;
  readonly body: Buffer;
}

/** How requests are believed. */
export interface Believing<Signer> {
  readonly signers: Signers<Signer>;
  readonly verifier: RequestVerifier;
  readonly maxBodyBytes: number;
}

/**
 * Believes a request and reads its body.
 * @throws HubError UNAUTHENTICATED, QUERY_TOO_LARGE.
 */
export async function believeRequest<Signer>(
  request: IncomingMessage,
  { signers, verifier, maxBodyBytes }: Believing<Signer>,
): Promise<Believed<Signer>> {
  await signers.refresh();
  const given = request.headers[signatureHeader];
  const examined = verifier.examine(typeof given === 'string' ? given : undefined);
  const body = await readBody(request, maxBodyBytes);
  verifier.admit(examined, body);
  const signer = signers.get(examined.kid);
  // Taken back while the body came.
  if (signer === undefined) throw new HubError('UNAUTHENTICATED', { zh: '签名的密钥已作废。', en: 'The key was revoked.' });
  return { signer, body };
}

/** What is written. */
export interface SignedAnswer {
  readonly type: string;
  readonly body: string;
  /** Nothing more is read from the connection. */
  readonly last?: boolean;
}

/** Writes an answer that nobody keeps. */
export function writeSigned(response: ServerResponse, status: number, { type, body, last = false }: SignedAnswer): void {
  if (response.destroyed || response.headersSent) return;
  const length = String(Buffer.byteLength(body));
  const close = last ? { connection: 'close' } : {};
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'content-length': length, ...close }).end(body);
}

/** One request and its answer. */
interface Exchanged {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Tells of what went wrong, under a code of the closed list.
 * @param name - Who answers, in Chinese and English.
 */
export function refuseSigned(
  cause: unknown,
  { request, response }: Exchanged,
  { name, onFault }: { readonly name: { readonly zh: string; readonly en: string }; readonly onFault: (cause: unknown) => void },
): void {
  // A caller that hangs up is no fault.
  if (response.destroyed || (request.destroyed && !request.complete)) return;
  const unavailable = { zh: `${name.zh}暂时无法作答。`, en: `The ${name.en} cannot answer at present.`, cause };
  const error = cause instanceof HubError ? cause : new HubError('INTERNAL', unavailable);
  if (!(cause instanceof HubError)) onFault(cause);
  // What is still to come of it is not waited for.
  request.resume();
  const body = JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] });
  writeSigned(response, errorCodes[error.code].status, { type: 'application/json; charset=utf-8', body, last: !request.complete });
}

async function readBody(request: IncomingMessage, maxBodyBytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  const body: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > maxBodyBytes) {
      throw new HubError('QUERY_TOO_LARGE', {
        zh: `请求正文超过 ${maxBodyBytes / 1024 / 1024} MiB。`,
        en: `The request body is larger than ${maxBodyBytes / 1024 / 1024} MiB.`,
      });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
