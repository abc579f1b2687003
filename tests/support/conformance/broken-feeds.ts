/**
 * Systems whose feed has one fault each, and the audit that must name it; and a server that makes the fault out of the true feed.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

import { listenOn, signatureHeader } from '@hub/kit/process';
import type { RunningSystem } from '@hub/trading';

import { exchangeSigner } from '../gateway-key.ts';
import { at, isObject, listAt } from '../parse-json.ts';

/** An answer of the feed. */
interface Told {
  readonly status: number;
  readonly text: string;
}

/** What is asked, the true answer to it as it came, and the true feed, which is asked as the exchange. */
interface Asked {
  readonly request: Readonly<Record<string, unknown>>;
  readonly pass: () => Promise<Told>;
  readonly ask: (request: unknown) => Promise<Told>;
}

/** A fault. */
export interface BrokenFeed {
  readonly fault: string;
  readonly audit: string;
  /** Audits that fail because of it, and are not to blame. */
  readonly follows: readonly string[];
  readonly alter: (asked: Asked) => Promise<Told>;
}

type Entry = Readonly<Record<string, unknown>>;
type Page = Readonly<Record<string, unknown>>;

/** True answers with their page changed. */
function paged(change: (page: Page, entries: readonly Entry[], request: Asked['request']) => Page): BrokenFeed['alter'] {
  return async ({ request, pass }) => {
    const told = await pass();
    const page: unknown = told.status === 200 && !('segment' in request) ? JSON.parse(told.text) : undefined;
    return isObject(page) ? { ...told, text: JSON.stringify(change(page, listAt(page, 'entries').filter(isObject), request)) } : told;
  };
}

const changed = (change: (entry: Entry) => Entry): BrokenFeed['alter'] =>
  paged((page, entries) => ({ ...page, entries: entries.map(change) }));

const backwards = (fields: unknown): string =>
  JSON.stringify(isObject(fields) ? Object.fromEntries(Object.entries(fields).toReversed()) : fields);

let served = 0;

/** Faults that a proxy can make out of true answers. */
export const brokenFeeds: readonly BrokenFeed[] = [
  { fault: 'there is none', audit: 'FEED-001', follows: [], alter: async () => ({ status: 404, text: '' }) },
  {
    fault: 'a change is lost',
    audit: 'FEED-002',
    follows: ['FEED-003', 'FEED-006', 'FEED-008', 'FEED-009'],
    alter: paged((page, entries) => ({ ...page, entries: entries.filter(({ position }) => position !== 5) })),
  },
  {
    fault: 'what is told is made anew',
    audit: 'FEED-003',
    follows: ['FEED-009'],
    alter: changed((entry) => ({ ...entry, receivedAt: `2026-11-01T00:00:00.${String((served += 1) % 1_000_000).padStart(6, '0')}Z` })),
  },
  {
    fault: 'a withdrawal has no reason, a put has one',
    audit: 'FEED-004',
    follows: ['FEED-009'],
    alter: changed((entry) => (entry['op'] === 'put' ? { ...entry, reason: 'SENDER' } : entry)),
  },
  {
    fault: 'the payload is written anew, in another order',
    audit: 'FEED-005',
    follows: ['FEED-009'],
    alter: changed((entry) => ({
      ...entry,
      payload: backwards(JSON.parse(String(entry['payload']))),
    })),
  },
  {
    fault: 'a filtered page says it looked further than it did',
    audit: 'FEED-006',
    follows: [],
    alter: paged((page, entries, request) => ('datasets' in request ? { ...page, entries: entries.slice(1) } : page)),
  },
  {
    fault: 'a cursor that is none begins again',
    audit: 'FEED-007',
    follows: [],
    alter: async ({ request, pass, ask }) => {
      const told = await pass();
      return told.text.includes('CURSOR_INVALID') ? ask({ ...request, after: undefined }) : told;
    },
  },
  {
    fault: 'a snapshot has what was replaced',
    audit: 'FEED-008',
    follows: [],
    alter: async ({ request: { snapshot, ...rest }, pass, ask }) =>
      typeof snapshot === 'number' && snapshot < 1_000_000
        ? paged((page) => ({ ...page, snapshot, scanned: { from: 1, to: snapshot } }))({ request: rest, pass: () => ask(rest), ask })
        : pass(),
  },
  {
    fault: 'a segment that is not closed is given',
    audit: 'FEED-009',
    follows: [],
    alter: async ({ request, pass }) => ('segment' in request ? { status: 200, text: '' } : pass()),
  },
  { fault: 'whoever asks is answered', audit: 'FEED-010', follows: [], alter: async ({ request, ask }) => ask(request) },
  {
    fault: 'first has no bounds',
    audit: 'FEED-011',
    follows: [],
    alter: async ({ request, pass, ask }) => {
      const told = await pass();
      return told.text.includes('PAGE_SIZE_INVALID') ? ask({ ...request, first: 1000 }) : told;
    },
  },
  {
    fault: 'it never waits',
    audit: 'FEED-012',
    follows: [],
    alter: async ({ request: { waitMs, ...rest }, pass, ask }) => (Number(waitMs) > 0 && Number(waitMs) <= 20_000 ? ask(rest) : pass()),
  },
  {
    fault: 'a snapshot lacks a record that the graph shows',
    audit: 'FEED-013',
    follows: ['FEED-008'],
    alter: paged((page, entries) => (at(page, 'snapshot') === null ? page : { ...page, entries: entries.slice(1) })),
  },
];

/** @returns The altered system: its feed, and its true graph beside it. */
export async function startAlteredFeed(
  { url, system: { code } }: RunningSystem,
  alter: BrokenFeed['alter'],
): Promise<{ readonly url: string } & AsyncDisposable> {
  const send = async (place: string, body: string, signature: string | undefined): Promise<Told> => {
    const headers = { 'content-type': 'application/json', ...(signature === undefined ? {} : { [signatureHeader]: signature }) };
    const answer = await fetch(new URL(place, url), { method: 'POST', headers, body });
    return { status: answer.status, text: await answer.text() };
  };
  const server = createServer((request, response) => {
    const signature = request.headers[signatureHeader]?.toString();
    text(request)
      .then((body) => {
        if (request.url !== '/feed') return send('graphql', body, signature);
        const ask: Asked['ask'] = (question) => {
          const sent = JSON.stringify(question);
          return send('feed', sent, exchangeSigner.sign(code, sent));
        };
        const pass = (): Promise<Told> => send('feed', body, signature);
        const asked = parsed(body);
        return isObject(asked) ? alter({ request: asked, pass, ask }) : pass();
      })
      .then(({ status, text: told }) => response.writeHead(status, { 'content-type': 'application/json' }).end(told))
      .catch(() => response.destroy());
  });
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
