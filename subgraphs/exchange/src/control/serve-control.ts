/**
 * `POST /control` of the exchange's port.
 * @see schema/PROTOCOL.md 10, 15 and 16
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { answerControl, believeRequest, refuseSigned, type Signers, writeSigned } from '@hub/kit';
import type { RequestVerifier } from '@hub/kit/process';

import type { ControlParts } from './context.ts';
import { controlSchema, rootValue } from './resolvers.ts';
import type { Actor } from './signers.ts';

/** Room for 8 MiB of messages, written as JSON or in base64. */
const maxBodyBytes = 12 * 1024 * 1024;
const name = { zh: '数据交换', en: 'exchange' } as const;

/** What serves it. */
export interface ControlServing {
  readonly parts: ControlParts;
  readonly signers: Signers<Actor>;
  readonly verifier: RequestVerifier;
  readonly onFault: (cause: unknown) => void;
}

/** @returns What answers `/control`; undefined: the path is another. */
export function serveControl({
  parts,
  signers,
  verifier,
  onFault,
}: ControlServing): (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined {
  const schema = controlSchema();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { signer: actor, body } = await believeRequest(request, { signers, verifier, maxBodyBytes });
    const told = await answerControl(schema, body, { rootValue, context: { ...parts, actor }, name: name.zh, onFault });
    writeSigned(response, 200, { type: 'application/json; charset=utf-8', body: JSON.stringify(told) });
  };
  return (request, response) => {
    const [path] = (request.url ?? '/').split('?', 1);
    if (path !== '/control' || request.method !== 'POST') return undefined;
    return answer(request, response).catch((cause: unknown) => refuseSigned(cause, { request, response }, { name, onFault }));
  };
}
