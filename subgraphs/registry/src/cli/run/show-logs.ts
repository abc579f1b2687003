/** `hub system logs`: what happened to a system, oldest first; `--follow` goes on until it is ended. */
import { setTimeout as delay } from 'node:timers/promises';

import { createShutdown } from '@hub/kit/process';
import { HubError } from '@hub/schema';
import { z } from 'zod';

import { plain } from '../print/table.ts';
import { padded } from '../print/width.ts';
import { moment, worded } from '../print/words.ts';
import type { AskRegistry } from '../session.ts';
import { openSession } from '../session.ts';
import { type RegistryFlags, systemOf } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

/** Flags of `logs`. */
export interface LogsFlags extends RegistryFlags {
  readonly last: number;
  readonly follow: boolean;
}

const shape = z.object({
  history: z.array(
    z.object({
      position: z.number(),
      at: z.string(),
      who: z.string(),
      kid: z.string().nullable(),
      what: z.string(),
      system: z.string().nullable(),
      detail: z.string(),
    }),
  ),
});
type Event = z.output<typeof shape>['history'][number];

const query = `query ($system: String!, $after: Int!, $first: Int!) { history(system: $system, after: $after, first: $first) {
  position at who kid what system detail } }`;
const pageSize = 500;
const pollMs = 1000;

/** @throws HubError as asking the registry does; while it follows, a registry that is away is waited for. */
export async function showLogs(code: string | undefined, flags: LogsFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await openSession(flags, terminal, code);
  const system = systemOf(settings);
  const events = (await eventsAfter(ask, system, 0)).slice(-flags.last);
  if (!flags.follow) {
    answer(terminal, flags.format, { kind: 'history', json: { system, events: events.map(withDetail) }, text: events.map(eventLine) });
    return;
  }
  const print = (event: Event): void =>
    terminal.print(flags.format === 'json' ? JSON.stringify({ version: 1, kind: 'event', ...withDetail(event) }) : eventLine(event));
  for (const event of events) print(event);
  await follow({ ask, system, after: events.at(-1)?.position ?? 0, print }, terminal);
}

interface Following {
  readonly ask: AskRegistry;
  readonly system: string;
  readonly after: number;
  readonly print: (event: Event) => void;
}

async function follow({ ask, system, after, print }: Following, { say }: Terminal): Promise<void> {
  await using shutdown = createShutdown();
  say('… 持续跟随，Ctrl-C 结束  Following; Ctrl-C ends it');
  let at = after;
  let isAway = false;
  while (!shutdown.signal.aborted) {
    await delay(pollMs, undefined, { signal: shutdown.signal }).catch(() => {});
    if (shutdown.signal.aborted) return;
    try {
      for (const event of await eventsAfter(ask, system, at)) {
        print(event);
        at = event.position;
      }
      if (isAway) say('✓ 登记处又能连上了  The registry is back');
      isAway = false;
    } catch (cause) {
      if (!(cause instanceof HubError && (cause.code === 'SYSTEM_FAILED' || cause.code === 'DEADLINE_EXCEEDED'))) throw cause;
      if (!isAway) say(`! ${cause.message}  ${cause.messageEn}`);
      isAway = true;
    }
  }
}

async function eventsAfter(ask: AskRegistry, system: string, after: number): Promise<readonly Event[]> {
  const all: Event[] = [];
  let isWhole = false;
  while (!isWhole) {
    const { history } = await ask({ query, variables: { system, after: all.at(-1)?.position ?? after, first: pageSize } }, shape);
    all.push(...history);
    isWhole = history.length < pageSize;
  }
  return all;
}

function withDetail({ detail, ...event }: Event): object {
  const read: unknown = JSON.parse(detail);
  return { ...event, detail: read };
}

function eventLine({ position, at, who, what, kid, detail }: Event): string {
  const told = detail === '{}' ? '' : `  ${detail}`;
  return plain(
    `${String(position).padStart(6)}  ${moment(at)}  ${padded(worded(what), 22)}  ${who}${kid === null ? '' : ` (${kid.slice(0, 8)}…)`}${told}`,
  );
}
