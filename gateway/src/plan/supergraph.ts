/**
 * Where the supergraph's text comes from: a file or a URL, watched for changes. Half-written files and servers that are down
 * for a moment only delay a change.
 */
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

import { HubError } from '@hub/schema';
import { Agent, request } from 'undici';

export interface WatchOptions {
  /** Time between two looks, ms. */
  readonly pollMs: number;
  /** Told of each text that differs from the one before. */
  readonly onText: (text: string) => void;
  /** Told when a look fails, once per outage. */
  readonly onUnreadable: (why: string) => void;
}

/** A watched supergraph. */
export interface SupergraphWatch extends AsyncDisposable {
  /** The text as it was at the beginning. */
  readonly first: string;
}

const maxBytes = 64 * 1024 * 1024;
const readDeadlineMs = 10_000;

/** @returns undefined when nothing changed since the last look. */
type Look = () => Promise<string | undefined>;

/**
 * @param source - Path of a file, or an http(s) URL.
 * @throws HubError CONFIG_INVALID when it cannot be read at the beginning.
 */
export async function watchSupergraph(source: string, options: WatchOptions): Promise<SupergraphWatch> {
  const isUrl = /^https?:\/\//.test(source);
  const agent = new Agent();
  const look = isUrl ? lookAtUrl(source, agent) : lookAtFile(source);
  let last: string;
  try {
    last = (await look()) ?? '';
  } catch (cause) {
    await agent.close();
    throw new HubError('CONFIG_INVALID', {
      zh: `无法读取超图 ${source}，请检查路径或网址。`,
      en: `The supergraph ${source} cannot be read; check the path or URL.`,
      cause,
    });
  }

  let [unreadable, looking, again, over] = [false, false, false, false];
  const lookAgain = async (): Promise<void> => {
    again = looking;
    if (looking || over) return;
    looking = true;
    try {
      const text = await look();
      unreadable = false;
      if (text !== undefined && text !== last && !over) options.onText((last = text));
    } catch (error) {
      if (!unreadable && !over) options.onUnreadable(error instanceof Error ? error.message : String(error));
      unreadable = true;
    } finally {
      looking = false;
    }
    if (again) await lookAgain();
  };
  const timer = setInterval(() => void lookAgain(), options.pollMs);
  // The folder, not the file: editors and tools replace files instead of writing into them.
  const folder = isUrl ? undefined : watch(dirname(resolve(source)), { persistent: false });
  folder?.on('change', (_kind, name) => void (name === null || String(name) === basename(source) ? lookAgain() : undefined));
  folder?.on('error', () => folder.close());

  return {
    first: last,
    async [Symbol.asyncDispose]() {
      over = true;
      clearInterval(timer);
      folder?.close();
      await agent.destroy();
    },
  };
}

function lookAtFile(path: string): Look {
  return () => readFile(path, 'utf8');
}

function lookAtUrl(url: string, dispatcher: Agent): Look {
  let etag: string | undefined;
  return async () => {
    const headers = { accept: 'text/plain, application/graphql, */*', ...(etag === undefined ? {} : { 'if-none-match': etag }) };
    const answer = await request(url, { dispatcher, headers, signal: AbortSignal.timeout(readDeadlineMs) });
    if (answer.statusCode === 304) {
      await answer.body.dump();
      return undefined;
    }
    if (answer.statusCode !== 200) {
      await answer.body.dump();
      throw new Error(`HTTP ${answer.statusCode}`);
    }
    const text = await answer.body.text();
    if (text.length > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    const given = answer.headers['etag'];
    etag = typeof given === 'string' ? given : undefined;
    return text;
  };
}
