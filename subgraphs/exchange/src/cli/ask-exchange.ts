/**
 * Asks the exchange's control interface in the name of a key.
 * @see ../control/control.graphql; schema/PROTOCOL.md 10
 */
import { resolve } from 'node:path';

import { createSigner, findHubFolder, readHubFile, readSigningKey, signatureHeader } from '@hub/kit/process';
import { HubError, isErrorCode } from '@hub/schema';
import { z } from 'zod';

/** Flags of every command that asks the exchange. */
export interface ExchangeFlags {
  readonly exchange?: string;
  readonly key?: string;
  readonly as?: string;
  readonly system?: string;
  readonly format: 'text' | 'json';
}

/** The caller's end of a command; the same as the registry's commands have. */
export interface ExchangeTerminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly print: (line: string) => void;
  readonly say: (line: string) => void;
  /** The answer is no: exit code 1. */
  readonly refuse: () => void;
}

/** Asks one question. */
export type AskExchange = <Shape extends z.ZodType>(query: string, variables: object, shape: Shape) => Promise<z.output<Shape>>;

const usualOrigin = 'http://127.0.0.1:4002';
const deadlineMs = 60_000;
const reply = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string(), messageEn: z.string() }) })).optional(),
});

/** @throws HubError CONFIG_INVALID without a key; then asking throws the exchange's own code, SYSTEM_FAILED or DEADLINE_EXCEEDED. */
export async function openExchangeLink(flags: ExchangeFlags, { env, folder }: ExchangeTerminal): Promise<AskExchange> {
  const home = findHubFolder(folder);
  const hub = home === undefined ? undefined : await readHubFile(home);
  const given = flags.key ?? (env['HUB_KEY_FILE'] || undefined);
  const keyFile = given === undefined ? hub?.keyFile : resolve(folder, given);
  if (keyFile === undefined) {
    throw new HubError('CONFIG_INVALID', {
      zh: '没有签名的密钥：请用 --key 文件，或设 HUB_KEY_FILE，或在有 hub.json 的目录里运行。',
      en: 'No key to sign with: give --key FILE, set HUB_KEY_FILE, or run this in a folder with hub.json.',
    });
  }
  const origin = new URL(flags.exchange ?? (env['HUB_EXCHANGE_URL'] || usualOrigin)).origin;
  const issuer = flags.as ?? flags.system ?? (env['HUB_SYSTEM'] || undefined) ?? hub?.system ?? 'operator';
  const signer = createSigner({ key: readSigningKey(keyFile), issuer });
  return async (query, variables, shape) => {
    const body = JSON.stringify({ query, variables });
    const headers = { 'content-type': 'application/json', [signatureHeader]: signer.sign('exchange', body) };
    const { data, errors = [] } = reply.parse(await post(`${origin}/control`, { headers, body }));
    const [error] = errors;
    if (error !== undefined) throw told(error);
    return shape.parse(data);
  };
}

async function post(url: string, request: { readonly headers: Record<string, string>; readonly body: string }): Promise<unknown> {
  try {
    const answer = await fetch(url, { method: 'POST', ...request, signal: AbortSignal.timeout(deadlineMs) });
    return await answer.json();
  } catch (cause) {
    throw new HubError('SYSTEM_FAILED', {
      zh: `数据交换 ${url} 没有答复：请核对 --exchange（HUB_EXCHANGE_URL）。`,
      en: `The exchange ${url} did not answer: check --exchange (HUB_EXCHANGE_URL).`,
      cause,
    });
  }
}

function told({
  message,
  extensions: { code, messageEn },
}: {
  message: string;
  extensions: { code: string; messageEn: string };
}): HubError {
  return new HubError(isErrorCode(code) ? code : 'SYSTEM_FAILED', { zh: message, en: messageEn });
}
