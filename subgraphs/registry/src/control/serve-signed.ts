/**
 * The signed side of the registry's port: `/control` for questions and changes, `/routing` and `/supergraph/SHA256` for gateways. What can be judged by
 * the header is judged before the body is read; nothing else is told to whoever is not believed.
 * @see schema/PROTOCOL.md 10
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { answerControl, believeRequest, refuseSigned, writeSigned } from '@hub/kit';
import { Verifier } from '@hub/kit/process';

import { supergraphText } from '../contracts/supergraph-text.ts';
import type { Routing } from '../routing/routing.ts';
import type { Actor } from './actor.ts';
import { assertRole } from './actor.ts';
import type { ControlParts } from './context.ts';
import { refused } from './refused.ts';
import { controlSchema, rootValue } from './resolvers.ts';

/** By its digest. */
const supergraphPath = /^\/supergraph\/([\da-f]{64})$/;
/** Room for an SDL as large as the checks take, written as JSON. */
const maxBodyBytes = 12 * 1024 * 1024;

const name = { zh: '登记处', en: 'registry' } as const;

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
  const believe = async (request: IncomingMessage): Promise<{ readonly actor: Actor; readonly body: Buffer }> => {
    const { signer, body } = await believeRequest(request, { signers: ring, verifier, maxBodyBytes });
    const { kid, role, issuer, contracts } = signer;
    return { actor: { kid, role, issuer, contracts }, body };
  };
  const control = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { actor, body } = await believe(request);
    const answer = await answerControl(schema, body, { rootValue, context: { ...parts, actor }, name: name.zh, onFault });
    writeSigned(response, 200, { type: 'application/json; charset=utf-8', body: JSON.stringify(answer) });
  };
  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { actor } = await believe(request);
    assertRole(actor, 'GATEWAY');
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const after = Number(new URL(request.url ?? '/', 'http://registry').searchParams.get('after') ?? -1);
    const signed = await routing.after(Number.isSafeInteger(after) ? after : -1, gone.signal);
    writeSigned(response, 200, { type: 'application/jose', body: signed });
  };
  const tellSupergraph = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { actor } = await believe(request);
    assertRole(actor, 'GATEWAY');
    const [, sha256 = ''] = supergraphPath.exec(request.url ?? '') ?? [];
    const text = await supergraphText(parts.store, sha256);
    if (text === undefined) throw refused(`没有超图 ${sha256}。`, `There is no supergraph ${sha256}.`);
    writeSigned(response, 200, { type: 'text/plain; charset=utf-8', body: text });
  };
  return (request, response) => {
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    const told = path === '/routing' ? route : supergraphPath.test(path) ? tellSupergraph : undefined;
    const serve = path === '/control' && request.method === 'POST' ? control : told;
    return serve?.(request, response).catch((cause: unknown) => refuseSigned(cause, { request, response }, { name, onFault }));
  };
}
