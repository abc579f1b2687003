/**
 * The signed side of the registry's port: `/control` for questions and changes, `/routing` and `/supergraph/SHA256` for gateways. What can be judged by
 * the header is judged before the body is read; nothing else is told to whoever is not believed.
 * @see schema/PROTOCOL.md 10
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { type RequestVerifier, signatureHeader, Verifier } from '@hub/kit/process';
import { errorCodes, HubError } from '@hub/schema';

import { supergraphText } from '../contracts/supergraph-text.ts';
import type { Routing } from '../routing/routing.ts';
import type { Actor } from './actor.ts';
import { assertRole } from './actor.ts';
import { answerControl } from './answer.ts';
import type { ControlParts } from './context.ts';
import { refused } from './refused.ts';
import { controlSchema } from './resolvers.ts';

/** By its digest. */
const supergraphPath = /^\/supergraph\/([\da-f]{64})$/;
/** Room for an SDL as large as the checks take, written as JSON. */
const maxBodyBytes = 12 * 1024 * 1024;

/** What serves it. */
export interface SignedOptions {
  readonly parts: ControlParts;
  readonly routing: Routing;
  readonly onFault: (cause: unknown) => void;
}

/** @returns What answers `/control`, `/routing` and `/supergraph/SHA256`; undefined: the path is another. */
export function serveSigned({
  parts,
  routing,
  onFault,
}: SignedOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined {
  const schema = controlSchema();
  const { ring, clock } = parts;
  const verifier = new Verifier({ audience: 'registry', keyOf: (kid) => ring.keyOf(kid), clock });
  const control = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { actor, body } = await believe(request, { parts, verifier });
    const answer = await answerControl(schema, body, { context: { ...parts, actor }, onFault });
    write(response, 200, { type: 'application/json; charset=utf-8', body: JSON.stringify(answer) });
  };
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { actor } = await believe(request, { parts, verifier });
    assertRole(actor, 'GATEWAY');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const after = Number(new URL(request.url ?? '/', 'http://registry').searchParams.get('after') ?? -1);
    const signed = await routing.after(Number.isSafeInteger(after) ? after : -1, gone.signal);
    write(response, 200, { type: 'application/jose', body: signed });
  };
  const tellSupergraph = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { actor } = await believe(request, { parts, verifier });
    assertRole(actor, 'GATEWAY');
    const [, sha256 = ''] = supergraphPath.exec(request.url ?? '') ?? [];
    const text = await supergraphText(parts.store, sha256);
    if (text === undefined) throw refused(`没有超图 ${sha256}。`, `There is no supergraph ${sha256}.`);
    write(response, 200, { type: 'text/plain; charset=utf-8', body: text });
  };
  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const told = path === '/routing' ? route : supergraphPath.test(path) ? tellSupergraph : undefined;
    const serve = path === '/control' && request.method === 'POST' ? control : told;
    return serve?.(request, response).catch((cause: unknown) => {
      // A caller that hangs up is no fault.
      if (response.destroyed || (request.destroyed && !request.complete)) return;
      const error = cause instanceof HubError ? cause : unavailable(cause);
      if (!(cause instanceof HubError)) onFault(cause);
      // What is still to come of it is not waited for.
      request.resume();
      const body = JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] });
      write(response, errorCodes[error.code].status, { type: 'application/json; charset=utf-8', body, last: !request.complete });
    });
  };
}

async function believe(
  request: IncomingMessage,
  { parts: { ring }, verifier }: { readonly parts: ControlParts; readonly verifier: RequestVerifier },
): Promise<{ readonly actor: Actor; readonly body: Buffer }> {
  await ring.refresh();
  const given = request.headers[signatureHeader];
  const examined = verifier.examine(typeof given === 'string' ? given : undefined);
  const body = await readBody(request);
  verifier.admit(examined, body);
  const key = ring.get(examined.kid);
  // Taken back while the body came.
  if (key === undefined) throw new HubError('UNAUTHENTICATED', { zh: '签名的密钥已作废。', en: 'The key was revoked.' });
  const { kid, role, issuer, contracts } = key;
  return { actor: { kid, role, issuer, contracts }, body };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
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

function unavailable(cause: unknown): HubError {
  return new HubError('INTERNAL', { zh: '登记处暂时无法作答。', en: 'The registry cannot answer at present.', cause });
}

interface Written {
  readonly type: string;
  readonly body: string;
  /** Nothing more is read from the connection. */
  readonly last?: boolean;
}

function write(response: ServerResponse, status: number, { type, body, last = false }: Written): void {
  if (response.destroyed || response.headersSent) return;
  const length = String(Buffer.byteLength(body));
  const close = last ? { connection: 'close' } : {};
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'content-length': length, ...close }).end(body);
}
