/**
 * Asks the control interface of the registry or the exchange: signed, within a deadline, and with words of its own for each way it can go wrong.
 * @see schema/PROTOCOL.md 10
 */
import { HubError, isErrorCode } from '@hub/schema';
import { z } from 'zod';

import { createSigner, signatureHeader } from '../signing/sign-request.ts';
import type { SigningKey } from '../signing/signing-key.ts';

import type { ControlDoor } from './control-door.ts';

/** Whom to ask, and in whose name. */
export interface ControlLink {
  readonly door: ControlDoor;
  readonly origin: string;
  readonly key: SigningKey;
  readonly keyFile: string;
  /** Names the key may stand for, the likeliest first; who is asked knows which. */
  readonly signers: readonly [string, ...string[]];
  readonly say: (line: string) => void;
  /** How long one answer may take, ms. */
  readonly deadlineMs?: number;
}

/** Asks one question. @throws HubError with the code of who was asked, else SYSTEM_FAILED or DEADLINE_EXCEEDED. */
export type AskControl = <Shape extends z.ZodType>(
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
export function openLink(link: ControlLink): AskControl {
  let known: string | undefined;
  return async ({ query, variables = {} }, shape) => {
    const body = JSON.stringify({ query, variables });
    const signers = known === undefined ? link.signers : [known];
    let refusal: unknown;
    for (const signer of signers) {
      try {
        const data = await post(link, { body, signer });
        known = signer;
        return readAs(shape, data, link);
      } catch (cause) {
        if (!(cause instanceof HubError && cause.code === 'UNAUTHENTICATED')) throw cause;
        refusal ??= cause;
      }
    }
    throw refusal;
  };
}

async function post(link: ControlLink, { body, signer }: { readonly body: string; readonly signer: string }): Promise<unknown> {
  const { door, origin, key, say, deadlineMs = usualDeadlineMs } = link;
  const signature = createSigner({ key, issuer: signer }).sign(door.audience, body);
  const waiting = setTimeout(() => say(`… 等待${door.zh} ${origin}  Waiting for the ${door.en}`), patienceMs);
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
    throw cause instanceof HubError ? cause : unreached(cause, link, deadlineMs);
  } finally {
    clearTimeout(waiting);
  }
}

interface Answered {
  readonly response: Response;
  readonly text: string;
  readonly signer: string;
}

function dataOf(link: ControlLink, { response, text, signer }: Answered): unknown {
  const read = reply.safeParse(parsed(text));
  if (!read.success || (read.data.errors === undefined && response.status !== 200)) throw noDoor(link, `HTTP ${response.status}`);
  const [error] = read.data.errors ?? [];
  if (error === undefined) return read.data.data;
  const { code, messageEn } = error.extensions;
  if (code === 'UNAUTHENTICATED') throw unbelieved(link, { signer, zh: error.message, en: messageEn, date: response.headers.get('date') });
  throw new HubError(isErrorCode(code) ? code : 'SYSTEM_FAILED', { zh: error.message, en: messageEn });
}

function readAs<Shape extends z.ZodType>(shape: Shape, data: unknown, link: ControlLink): z.output<Shape> {
  const read = shape.safeParse(data);
  if (read.success) return read.data;
  throw noDoor(link, read.error.issues.map(({ path }) => path.join('.')).join(', '));
}

interface Refused {
  readonly signer: string;
  readonly zh: string;
  readonly en: string;
  readonly date: string | null;
}

function unbelieved({ door, origin, key, keyFile }: ControlLink, { signer, zh, en, date }: Refused): HubError {
  const skewMs = date === null ? 0 : Date.now() - Date.parse(date);
  const isOff = Math.abs(skewMs) > clockWindowMs;
  const seconds = Math.round(skewMs / 1000);
  return new HubError('UNAUTHENTICATED', {
    zh: `${door.zh} ${origin} 不认这把密钥：${zh}密钥文件 ${keyFile}，指纹 ${key.kid}，以 ${signer} 之名。${isOff ? `本机时钟与${door.zh}相差 ${seconds} 秒，请先校准。` : '请核对${door.zh}、密钥与名义（--as）；换钥中断的，再执行 hub system rotate-key。'}`,
    en: `The ${door.en} ${origin} does not believe this key: ${en} Key file ${keyFile}, thumbprint ${key.kid}, in the name of ${signer}. ${isOff ? `This machine’s clock is ${seconds} s off: set it first.` : 'Check the ${door.en}, the key and the name (--as); after an interrupted rotation run hub system rotate-key again.'}`,
  });
}

function noDoor({ door, origin }: ControlLink, what: string): HubError {
  return new HubError('SYSTEM_FAILED', {
    zh: `${origin} 的答复不是${door.zh}的（${what}），请核对网址。`,
    en: `What ${origin} answers is not the ${door.en}’s (${what}): check the address.`,
  });
}

function unreached(cause: unknown, { door, origin }: ControlLink, deadlineMs: number): HubError {
  if (cause instanceof Error && cause.name === 'TimeoutError') {
    const seconds = deadlineMs / 1000;
    return new HubError('DEADLINE_EXCEEDED', {
      zh: `${door.zh} ${origin} 在 ${seconds} 秒内没有答复，请稍后再试。`,
      en: `The ${door.en} ${origin} did not answer within ${seconds} s: try again later.`,
      cause,
    });
  }
  const why = reasonOf(cause);
  return new HubError('SYSTEM_FAILED', {
    zh: `连不上${door.zh} ${origin}（${why}）。请核对网址（${door.flag}、${door.variable} 或 hub.json）和网络。`,
    en: `The ${door.en} ${origin} cannot be reached (${why}): check its address (${door.flag}, ${door.variable} or hub.json) and the network.`,
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
