/**
 * Systems that run with the hub listen somewhere else at each start: each tells the registry where, with its own key, as any
 * system does.
 * @see subgraphs/registry/src/control/control.graphql
 */
import { createSigner, signatureHeader, type SigningKey } from '@hub/kit/process';
import { z } from 'zod';

/** A system that listens. */
export interface Listening {
  readonly code: string;
  readonly url: string;
  readonly key: SigningKey;
}

/** A system that the registry did not take. */
export interface Unpublished {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const mutation = `mutation ($input: PublishInput!) { publishSystem(input: $input) { published } }`;
const deadlineMs = 30_000;

const answered = z.object({
  data: z.object({ publishSystem: z.object({ published: z.boolean() }) }).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ messageEn: z.string() }) })).default([]),
});

/**
 * @param origin - Of the registry.
 * @returns Those it refused, and why: a system withdrawn is none of them, it stays withdrawn.
 */
export async function publishSystems(origin: string, systems: readonly Listening[]): Promise<readonly Unpublished[]> {
  const refused: Unpublished[] = [];
  for (const { code, url, key } of systems) {
    const body = JSON.stringify({ query: mutation, variables: { input: { system: code, endpoint: url } } });
    const response = await fetch(`${origin}/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [signatureHeader]: createSigner({ key, issuer: code }).sign('registry', body) },
      body,
      signal: AbortSignal.timeout(deadlineMs),
    });
    const { errors } = answered.parse(await response.json());
    refused.push(...errors.map(({ message, extensions: { messageEn } }) => ({ code, zh: message, en: messageEn })));
  }
  return refused;
}
