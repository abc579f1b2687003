/**
 * Feeds of several systems, each page of which was made before anybody asks: what remains to be measured is who takes them. What
 * they tell is the demonstration of the province, as far as a system takes it.
 */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';

import { type FeedEntry, openProvinceFolder, provinceCodes, readFirstData, scenarioRecords, settingOf } from '@hub/kit';
import { listenOn } from '@hub/kit/process';
import { canonicalContent, contentHash, law, recordKey, validateRecord, type WireRecord } from '@hub/schema';
import { z } from 'zod';

import { root } from '../support/repository.ts';

const order = z.object({ systems: z.number(), scale: z.number() });
const question = z.object({ after: z.string().optional() });
/** Changes of a page, as the exchange asks. */
const first = 1_000;
/** How long a system waits for something new. */
const waitMs = 20_000;
const receivedAt = '2026-11-01T00:00:00.000000Z';
const datasets = new Map(
  law().contracts.flatMap(({ contract }) => contract.datasets.map((dataset) => [dataset.code, { contract, dataset }] as const)),
);

/** One system's feed: the text of each page by the position it follows. */
interface KeptFeed {
  readonly code: string;
  readonly head: number;
  readonly pages: ReadonlyMap<number, string>;
}

process.once('message', (message) => void serve(message));

async function serve(message: unknown): Promise<void> {
  const feeds = new Map((await keepFeeds(order.parse(message))).map((feed) => [feed.code, feed]));
  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const feed = feeds.get(request.url?.split('/')[1] ?? '');
      const position = Number(question.parse(JSON.parse(body)).after ?? 0);
      const kept = feed?.pages.get(position);
      if (kept === undefined) return void response.writeHead(404).end();
      if (position === feed?.head) await after(waitMs, undefined, { ref: false });
      response.writeHead(200, { 'content-type': 'application/json' }).end(kept);
    });
  });
  const origin = `http://127.0.0.1:${await listenOn(server, 0)}`;
  process.once('disconnect', () => {
    server.close();
    server.closeAllConnections();
  });
  process.send?.({ feeds: [...feeds.values()].map(({ code, head }) => ({ code, head, url: `${origin}/${code}/graphql` })) });
}

async function keepFeeds({ systems, scale }: z.infer<typeof order>): Promise<readonly KeptFeed[]> {
  const folder = await openProvinceFolder(join(root, 'schema/province'));
  const { province } = folder;
  const { names, scenarios } = await readFirstData(
    folder,
    [...datasets.values()].map(({ dataset }) => dataset),
  );
  if (names === undefined) throw new RangeError('The province invents nothing.');
  const codes = provinceCodes(province);
  const rows = province.systems.filter(({ contracts }) => contracts.includes('construction')).slice(0, systems);
  return rows.map(({ code }) => {
    const setting = settingOf(province, names, { system: code, seed: 'bench', today: '2026-11-01' });
    const entries: FeedEntry[] = [];
    for (const record of scenarioRecords(setting, { scenarios, codes, scale })) {
      const entry = entryOf(record, entries.length + 1);
      if (entry !== undefined) entries.push(entry);
    }
    return keepFeed(code, entries);
  });

  /** Undefined: a system does not take it. */
  function entryOf(record: WireRecord, position: number): FeedEntry | undefined {
    const judged = datasets.get(record.dataset);
    const key = judged === undefined ? undefined : recordKey(judged.dataset, record);
    if (judged === undefined || key === undefined) return undefined;
    if (validateRecord(judged.dataset, record, { codes, sourceKind: 'DEMONSTRATION' }).refusals.length > 0) return undefined;
    const { dataset, fields } = record;
    const { name, version } = judged.contract;
    return {
      position,
      dataset,
      key,
      version: 1,
      op: 'put',
      hash: contentHash(dataset, fields),
      payload: canonicalContent(fields),
      dataTimestamp: fields['DATA_TIMESTAMP'] ?? null,
      contract: `${name}@${version}`,
      categories: [name],
      source: { kind: 'DEMONSTRATION' },
      receivedAt,
    };
  }
}

function keepFeed(code: string, entries: readonly FeedEntry[]): KeptFeed {
  const head = entries.length;
  const pages = new Map<number, string>();
  for (let from = 1; ; from += first) {
    const told = entries.slice(from - 1, from - 1 + first);
    const scanned = { from, to: from - 1 + told.length };
    const place = { head, segments: 0, snapshot: null, scanned, cursor: String(scanned.to), more: scanned.to < head };
    pages.set(from - 1, JSON.stringify({ version: 1, system: code, epoch: 'epoch-1', ...place, entries: told }));
    if (told.length === first) continue;
    pages.set(
      head,
      JSON.stringify({ version: 1, system: code, epoch: 'epoch-1', ...place, scanned: { from: head + 1, to: head }, entries: [] }),
    );
    return { code, head, pages };
  }
}
