/**
 * Asks the registry's control interface of a local province, signed as anybody has to.
 * @see subgraphs/registry/src/control/control.graphql
 */
import { createSigner, signatureHeader, type SigningKey } from '@hub/kit/process';
import { HubError } from '@hub/schema';
import { z } from 'zod';

/** Who asks. */
export interface Asker {
  readonly origin: string;
  readonly key: SigningKey;
  readonly issuer: string;
}

const deadlineMs = 30_000;
const answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ messageEn: z.string() }) })).default([]),
});

/** @returns What came back as data. @throws HubError REGISTRATION_INVALID with what the registry said. */
export async function askControl({ origin, key, issuer }: Asker, query: string, variables: object): Promise<unknown> {
  const body = JSON.stringify({ query, variables });
  const response = await fetch(`${origin}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [signatureHeader]: createSigner({ key, issuer }).sign('registry', body) },
    body,
    signal: AbortSignal.timeout(deadlineMs),
  });
  const { data, errors } = answer.parse(await response.json());
  const [first] = errors;
  if (first !== undefined) throw new HubError('REGISTRATION_INVALID', { zh: first.message, en: first.extensions.messageEn });
  return data;
}
