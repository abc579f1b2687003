/**
 * Asks the registry's control interface: signed, within a deadline, and with words of its own for each way it can go wrong.
 * @see ../control/control.graphql; schema/PROTOCOL.md 10
 */
import { createSigner, signatureHeader, type SigningKey } from '@hub/kit/process';
import { HubError, isErrorCode } from '@hub/schema';
import { z } from 'zod';

/** Whom to ask, and in whose name. */
export interface RegistryLink {
  readonly origin: string;
  readonly key: SigningKey;
  readonly keyFile: string;
  /** Names the key may stand for, the likeliest first; the registry knows which. */
  readonly signers: readonly [string, ...string[]];
  readonly say: (line: string) => void;
  /** How long one answer may take, ms. */
  readonly deadlineMs?: number;
}

/** Asks one question. @throws HubError with the registry's own code, else SYSTEM_FAILED or DEADLINE_EXCEEDED. */
export type AskRegistry = <Shape extends z.ZodType>(
  question: { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> },
  shape: Shape,
) => Promise<z.output<Shape>>;

const usualDeadlineMs = 60_000;
/** After this long somebody is told what is waited for. */
const patienceMs = 1000;
const clockWindowMs = 60_000;

const reply = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string(), messageEn: z.string() }) }))
    .min(1)
    .optional(),
});

/** @returns Who asks; which name the key stands for is remembered. */
export function openLink(link: RegistryLink): AskRegistry {
  let known: string | undefined;
  return async ({ query, variables = {} }, shape) => {
    const body = JSON.stringify({ query, variables });
    const signers = known === undefined ? link.signers : [known];
    let refusal: unknown;
    for (const signer of signers) {
      try {
        const data = await post(link, { body, signer });
        known = signer;
        return readAs(shape, data, link.origin);
      } catch (cause) {
        if (!(cause instanceof HubError && cause.code === 'UNAUTHENTICATED')) throw cause;
        refusal ??= cause;
      }
    }
    throw refusal;
  };
}

async function post(link: RegistryLink, { body, signer }: { readonly body: string; readonly signer: string }): Promise<unknown> {
  const { origin, key, say, deadlineMs = usualDeadlineMs } = link;
  const signature = createSigner({ key, issuer: signer }).sign('registry', body);
  const waiting = setTimeout(() => say(`… 等待登记处 ${origin}  Waiting for the registry`), patienceMs);
  try {
    const response = await fetch(`${origin}/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [signatureHeader]: signature },
      body,
      // A signature is for the one that was named: it is not carried on to another.
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    return dataOf(link, { response, text: await response.text(), signer });
  } catch (cause) {
    throw cause instanceof HubError ? cause : unreached(cause, origin, deadlineMs);
  } finally {
    clearTimeout(waiting);
  }
}

interface Answered {
  readonly response: Response;
  readonly text: string;
  readonly signer: string;
}

function dataOf(link: RegistryLink, { response, text, signer }: Answered): unknown {
  const read = reply.safeParse(parsed(text));
  if (!read.success || (read.data.errors === undefined && response.status !== 200))
    throw noRegistry(link.origin, `HTTP ${response.status}`);
  const [error] = read.data.errors ?? [];
  if (error === undefined) return read.data.data;
  const { code, messageEn } = error.extensions;
  if (code === 'UNAUTHENTICATED') throw unbelieved(link, { signer, zh: error.message, en: messageEn, date: response.headers.get('date') });
  throw new HubError(isErrorCode(code) ? code : 'SYSTEM_FAILED', { zh: error.message, en: messageEn });
}

function readAs<Shape extends z.ZodType>(shape: Shape, data: unknown, origin: string): z.output<Shape> {
  const read = shape.safeParse(data);
  if (read.success) return read.data;
  throw noRegistry(origin, read.error.issues.map(({ path }) => path.join('.')).join(', '));
}

interface Refused {
  readonly signer: string;
  readonly zh: string;
  readonly en: string;
  readonly date: string | null;
}

function unbelieved({ origin, key, keyFile }: RegistryLink, { signer, zh, en, date }: Refused): HubError {
  const skewMs = date === null ? 0 : Date.now() - Date.parse(date);
  const isOff = Math.abs(skewMs) > clockWindowMs;
  const seconds = Math.round(skewMs / 1000);
  return new HubError('UNAUTHENTICATED', {
    zh: `登记处 ${origin} 不认这把密钥：${zh}密钥文件 ${keyFile}，指纹 ${key.kid}，以 ${signer} 之名。${isOff ? `本机时钟与登记处相差 ${seconds} 秒，请先校准。` : '请核对登记处、密钥与名义（--as）；换钥中断的，再执行 hub system rotate-key。'}`,
    en: `The registry ${origin} does not believe this key: ${en} Key file ${keyFile}, thumbprint ${key.kid}, in the name of ${signer}. ${isOff ? `This machine’s clock is ${seconds} s off: set it first.` : 'Check the registry, the key and the name (--as); after an interrupted rotation run hub system rotate-key again.'}`,
  });
}

function noRegistry(origin: string, what: string): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `${origin} 的答复不是登记处的（${what}），请核对网址。`,
    en: `What ${origin} answers is not a registry’s (${what}): check the address.`,
  });
}

function unreached(cause: unknown, origin: string, deadlineMs: number): HubError {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    const seconds = deadlineMs / 1000;
    return new HubError('DEADLINE_EXCEEDED', {
      zh: `登记处 ${origin} 在 ${seconds} 秒内没有答复，请稍后再试。`,
      en: `The registry ${origin} did not answer within ${seconds} s: try again later.`,
      cause,
    });
  }
  const why = reasonOf(cause);
  return new HubError('SYSTEM_FAILED', {
    zh: `连不上登记处 ${origin}（${why}）。请核对网址（--registry、HUB_REGISTRY_URL 或 hub.json）和网络。`,
    en: `The registry ${origin} cannot be reached (${why}): check its address (--registry, HUB_REGISTRY_URL or hub.json) and the network.`,
    cause,
  });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return cause.cause === undefined ? cause.message : reasonOf(cause.cause);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
