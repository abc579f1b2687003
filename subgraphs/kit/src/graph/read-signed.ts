/**
 * What a trusted caller sent. Its signature covers the body and nothing else, so a question must be there, in a POST.
 * @see schema/PROTOCOL.md 10
 */
import type { IncomingMessage } from 'node:http';

import { HubError } from '@hub/schema';

import { signatureHeader } from '../process/signing/sign-request.ts';
import type { Examined, RequestVerifier } from '../process/signing/verify-request.ts';
import { readBody } from './read-body.ts';

const maxBodyBytes = 4_000_000;

/** An answer to a request that is not let in. */
export interface Refusal {
  readonly status: 401 | 405 | 413;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A request that is believed. */
export interface SignedRequest {
  readonly caller: Examined;
  readonly body: string;
}

/** @returns What a trusted caller sent; else how the request is refused. */
export async function readSigned(request: IncomingMessage, verifier: RequestVerifier): Promise<SignedRequest | Refusal> {
  if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: '' };
  try {
    const signature = request.headers[signatureHeader];
    const caller = verifier.examine(Array.isArray(signature) ? signature.join() : signature);
    const body = await readBody(request, maxBodyBytes);
    if (body === undefined) return { status: 413, headers: {}, body: '' };
    verifier.admit(caller, body);
    return { caller, body: body.toString() };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    const { message, extensions } = error;
    return { status: 401, headers: { 'www-authenticate': signatureHeader }, body: JSON.stringify({ errors: [{ message, extensions }] }) };
  }
}
