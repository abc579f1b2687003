/**
 * A search portal over HTTP, as provincial portals are: it answers in pages of windows of time, and lies when told to.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import { listenOn } from '@hub/kit/process';
import { z } from 'zod';

const search = z.object({
  from: z.string().default(''),
  to: z.string().default(''),
  pageNo: z.number().default(1),
  pageSize: z.number().default(10),
});

/** A row of the portal; `publishTime` is local, `yyyy-MM-dd HH:mm:ss`. */
export interface PortalRow {
  readonly noticeId: string;
  title: string;
  publishTime: string;
}

/** How it lies, at every answer of its list or to the next ones only. */
export interface Lies {
  /** Never more rows of a window than this, whatever the total says. */
  mostRows?: number;
  /** Every page is the first. */
  repeatPages?: boolean;
  /** Totals of the next lists. */
  totals?: number[];
  /** What the next requests are answered with instead. */
  faults?: ('500' | 'html' | 'busy' | '429' | 'drop')[];
}

/** A running portal. */
export interface LyingPortal extends AsyncDisposable {
  readonly url: string;
  readonly rows: PortalRow[];
  lies: Lies;
  /** Paths asked so far. */
  readonly asked: string[];
}

/** Starts it, without rows. */
export async function openLyingPortal(): Promise<LyingPortal> {
  const rows: PortalRow[] = [];
  const asked: string[] = [];
  const state: { lies: Lies } = { lies: {} };
  const server = createServer((request, response) => void answer(request, response, { rows, asked, state }));
  const port = await listenOn(server, 0);
  return {
    url: `http://127.0.0.1:${port}/api`,
    rows,
    asked,
    get lies() {
      return state.lies;
    },
    set lies(lies) {
      state.lies = lies;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Portal {
  readonly rows: readonly PortalRow[];
  readonly asked: string[];
  readonly state: { readonly lies: Lies };
}

async function answer(request: IncomingMessage, response: ServerResponse, { rows, asked, state: { lies } }: Portal): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://portal');
  const body = search.parse(JSON.parse((await text(request)) || '{}'));
  asked.push(url.pathname);
  switch (lies.faults?.shift()) {
    case '500':
      return void response.writeHead(500).end('{}');
    case 'html':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>系统维护中</html>');
    case 'busy':
      return send(response, { errcode: 90104, errmsg: '当前访问过于频繁' });
    case '429':
      return void response.writeHead(429, { 'retry-after': '0' }).end();
    case 'drop':
      return void request.socket.destroy();
    case undefined:
  }
  if (url.pathname === '/api/detail') {
    const row = rows.find(({ noticeId }) => noticeId === url.searchParams.get('id'));
    const values = [
      { code: 'TENDER_PROJECT_NAME', value: row?.title },
      { code: 'BID_SECTION_CODE', value: 'L-1' },
      { code: 'BID_SECTION_CODE', value: 'L-2' },
    ];
    return send(response, { errcode: 0, data: { groups: [{ list: values }] } });
  }
  const { from, to, pageNo, pageSize } = body;
  const found = rows
    .filter(({ publishTime }) => publishTime >= from && publishTime <= to)
    .toSorted((a, b) => (a.noticeId < b.noticeId ? -1 : 1));
  const given = found.slice(0, lies.mostRows ?? Infinity);
  const page = lies.repeatPages === true ? 1 : pageNo;
  send(response, {
    errcode: 0,
    // A text, as portals write it.
    data: { total: String(lies.totals?.shift() ?? found.length), pageData: given.slice((page - 1) * pageSize, page * pageSize) },
  });
}

function send(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

async function text(request: IncomingMessage): Promise<string> {
  let said = '';
  for await (const piece of request.setEncoding('utf8')) said += String(piece);
  return said;
}
