/**
 * Systems that run with the hub listen somewhere else at each start: each tells the registry where, with its own key, as any
 * system does, and what it serves when the registry does not have that yet.
 * @see subgraphs/registry/src/control/control.graphql
 */
import { createSigner, signatureHeader, type SigningKey } from '@hub/kit/process';
import { z } from 'zod';

/** A system that listens. */
export interface Listening {
  readonly code: string;
  readonly url: string;
  readonly key: SigningKey;
  /** Whose key that is, when it is not the system's own. */
  readonly issuer?: string;
  /** What it serves; undefined: what the registry has stays in force. */
  readonly sdl: string | undefined;
}

/** A system that the registry did not take. */
export interface Unpublished {
  readonly code: string;
  readonly zh: string;
  readonly en: string;
}

const mutation = `mutation ($input: PublishInput!) {
  publishSystem(input: $input) { published findings { severity element messageZh messageEn } }
}`;
const deadlineMs = 30_000;

const finding = z.object({ severity: z.string(), element: z.string(), messageZh: z.string(), messageEn: z.string() });
const answered = z.object({
  data: z.object({ publishSystem: z.object({ published: z.boolean(), findings: z.array(finding) }) }).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ messageEn: z.string() }) })).default([]),
});

/**
 * @param origin - Of the registry.
 * @returns Those it refused, and why: a system withdrawn is none of them, it stays withdrawn. One whose SDL was refused is asked
 *   where it listens all the same, by the version it had.
 */
export async function publishSystems(origin: string, systems: readonly Listening[]): Promise<readonly Unpublished[]> {
  const refused: Unpublished[] = [];
  for (const system of systems) {
    const faults = await publish(origin, system);
    const sdlRefused = faults.length > 0 && system.sdl !== undefined;
    refused.push(...faults, ...(sdlRefused ? await publish(origin, { ...system, sdl: undefined }) : []));
  }
  return refused;
}

async function publish(origin: string, { code, url, key, issuer = code, sdl }: Listening): Promise<readonly Unpublished[]> {
  const body = JSON.stringify({ query: mutation, variables: { input: { system: code, endpoint: url, sdl } } });
  const response = await fetch(`${origin}/control`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [signatureHeader]: createSigner({ key, issuer }).sign('registry', body) },
    body,
    signal: AbortSignal.timeout(deadlineMs),
  });
  const { data, errors } = answered.parse(await response.json());
  const { published = true, findings = [] } = data?.publishSystem ?? {};
  const [first, ...others] = published ? [] : findings.filter(({ severity }) => severity === 'REFUSAL');
  return [
    ...errors.map(({ message, extensions: { messageEn } }) => ({ code, zh: message, en: messageEn })),
    ...(first === undefined
      ? []
      : [
          {
            code,
            zh: `SDL 未通过检查，${first.element}：${first.messageZh}${others.length > 0 ? `（另有 ${others.length} 处）` : ''}`,
            en: `Its SDL is refused, ${first.element}: ${first.messageEn}${others.length > 0 ? ` (and ${others.length} more)` : ''}`,
          },
        ]),
  ];
}
