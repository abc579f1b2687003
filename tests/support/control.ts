/**
 * Asks the registry's control interface with a signature.
 */
import { createSigner, signatureHeader, type SigningKey } from '@hub/kit/process';
import { z } from 'zod';

/** What came back. */
export interface ControlReply {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly messageEn: string }[];
}

/** Asks in one name. */
export type ControlAsker = (query: string, variables?: Readonly<Record<string, unknown>>) => Promise<ControlReply>;

const reply = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string(), messageEn: z.string() }) })).default([]),
});

/** @param origin - Of the registry. @returns Who asks it in the name of `issuer`. */
export function controlAsker(origin: string, { key, issuer }: { readonly key: SigningKey; readonly issuer: string }): ControlAsker {
  const signer = createSigner({ key, issuer });
  return async (query, variables = {}) => {
    const body = JSON.stringify({ query, variables });
    return sendControl(origin, { body, signature: signer.sign('registry', body) });
  };
}

/** Sends a body with a signature made before, or with none. */
export async function sendControl(
  origin: string,
  { body, signature }: { readonly body: string; readonly signature?: string | undefined },
): Promise<ControlReply> {
  const headers = { 'content-type': 'application/json', ...(signature === undefined ? {} : { [signatureHeader]: signature }) };
  const response = await fetch(`${origin}/control`, { method: 'POST', headers, body });
  const { data = null, errors } = reply.parse(await response.json());
  const shown = errors.map(({ message, extensions }) => ({ code: extensions.code, message, messageEn: extensions.messageEn }));
  return { status: response.status, data: data ?? null, errors: shown };
}
