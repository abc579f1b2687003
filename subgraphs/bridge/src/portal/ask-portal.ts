/**
 * One request to a portal: spaced so that its limit is kept, and tried again, more and more slowly, when the answer is an error,
 * not JSON, or says by its own code that it is none.
 * @see standard/exchange.md 3 «public read only»
 */
import { setTimeout as delay } from 'node:timers/promises';

import { HubError } from '@hub/schema';

import type { PortalSource } from '../mapping/mapping.ts';
import type { PortalRequest } from '../mapping/portal-call.ts';

import { valuesAt } from './flatten.ts';

/** Values for the `{…}` of a request. */
export type Slots = Readonly<Record<string, string | number>>;

/** Asks. @returns The JSON of a good answer. */
export type AskPortal = (request: PortalRequest, slots: Slots) => Promise<unknown>;

const longestPauseMs = 60_000;
const maxBytes = 32 * 1024 * 1024;
const slot = /\{([\w.]+)\}/g;
const wholeSlot = /^\{([\w.]+)\}$/;

/** @throws HubError SYSTEM_FAILED when all tries failed, with the last reason. */
export function portalAsker(source: PortalSource, headers: Readonly<Record<string, string>>): AskPortal {
  const gapMs = 60_000 / source.perMinute;
  let nextMs = 0;
  return async (request, slots) => {
    let reason = '';
    for (let attempt = 0; attempt < source.tries; attempt += 1) {
      const pauseMs = attempt === 0 ? 0 : Math.min(longestPauseMs, source.pauseSeconds * 1000 * 2 ** (attempt - 1));
      await delay(Math.max(pauseMs, nextMs - performance.now(), 0));
      nextMs = performance.now() + gapMs;
      const answer = await tryOnce(source, request, { headers, slots });
      if ('value' in answer) return answer.value;
      reason = answer.reason;
      nextMs = Math.max(nextMs, performance.now() + Math.min(longestPauseMs, answer.afterMs));
    }
    throw new HubError('SYSTEM_FAILED', {
      zh: `${new URL(source.url).host}${request.path} 试了 ${source.tries} 次都没有得到正确的答复：${reason}。`,
      en: `${new URL(source.url).host}${request.path} gave no good answer in ${source.tries} tries: ${reason}.`,
    });
  };
}

interface Filled {
  readonly headers: Readonly<Record<string, string>>;
  readonly slots: Slots;
}

type Answer = { readonly value: unknown } | { readonly reason: string; readonly afterMs: number };

async function tryOnce(source: PortalSource, request: PortalRequest, { headers, slots }: Filled): Promise<Answer> {
  const url = new URL(`${source.url.replace(/\/$/, '')}${fillText(request.path, slots)}`);
  for (const [name, text] of Object.entries(request.query)) url.searchParams.set(name, fillText(text, slots));
  const body = request.body === undefined ? undefined : JSON.stringify(fill(request.body, slots));
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body }),
      // Elsewhere the headers, which may hold a key, have no business.
      redirect: 'error',
      signal: AbortSignal.timeout(source.timeoutSeconds * 1000),
    });
    const text = await readText(response);
    if (!response.ok) return { reason: `HTTP ${response.status}`, afterMs: retryAfterMs(response) };
    const value: unknown = JSON.parse(text);
    const said = request.ok === undefined ? undefined : valuesAt(value, request.ok.at).map(String).join(',');
    if (request.ok !== undefined && !request.ok.is.includes(said ?? '')) return { reason: `${request.ok.at}=${said ?? ''}`, afterMs: 0 };
    return { value };
  } catch (cause) {
    if (cause instanceof SyntaxError) return { reason: '答复不是 JSON not JSON', afterMs: 0 };
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : '';
    return { reason: `${cause instanceof Error ? cause.message : String(cause)}${inner === '' ? '' : ` (${inner})`}`, afterMs: 0 };
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new RangeError(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? '0');
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0;
}

/** A text that is nothing but a slot takes the slot's own kind: pages are numbers in a body. */
function fill(value: unknown, slots: Slots): unknown {
  if (typeof value === 'string') {
    const name = wholeSlot.exec(value)?.[1];
    return name === undefined ? fillText(value, slots) : (slots[name] ?? '');
  }
  if (Array.isArray(value)) return value.map((each: unknown) => fill(each, slots));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, fill(each, slots)]));
}

function fillText(text: string, slots: Slots): string {
  return text.replaceAll(slot, (_, name: string) => String(slots[name] ?? ''));
}
