/**
 * The national side over HTTP: segments that resume, entries that follow, statements that hold, and nobody else let in.
 * @see RFC 9110 8.8, 13 and 14
 */
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';

import { openSigner } from '@hub/consumer';
import { nationalStates } from '@hub/exchange';
import { createSigningKey, privateJwkOf } from '@hub/kit/process';
import { readManifestLine, signatureHolds } from '@hub/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { type HubFeed, madeChanges, openHubFeed } from '../support/hub-feed.ts';
import { at } from '../support/parse-json.ts';

const opened = new AsyncDisposableStack();
let hub: HubFeed;
let segment: Answer;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** Without a library that unpacks on the way. */
async function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Answer> {
  const signer = openSigner(hub.nationKey, { issuer: 'nation', audience: 'exchange' });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  request(`${hub.origin}${path}`, { method, headers: { 'hub-signature': signer.sign(''), ...headers } }, (response) => {
    response
      .toArray()
      .then((pieces) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }), reject);
  })
    .on('error', reject)
    .end();
  return promise;
}

const codeIn = ({ status, body }: Answer): readonly unknown[] => [
  status,
  at(JSON.parse(body.toString()), 'errors', 0, 'extensions', 'code'),
];

beforeAll(async () => {
  hub = opened.use(await openHubFeed());
  await hub.add(madeChanges(10_003));
  await hub.close();
  segment = await ask('/exchange/segments/1');
});
afterAll(() => opened.disposeAsync());

describe('A closed segment', () => {
  test('ten thousand lines, named by their root, for ever', () => {
    const { status, headers, body } = segment;
    const lines = body.toString().split('\n');
    expect([status, lines.length, lines.at(-1)]).toEqual([200, 10_001, '']);
    expect([lines[0], lines[9_999]].map((line) => at(JSON.parse(line ?? ''), 'position'))).toEqual([1, 10_000]);
    expect(headers).toMatchObject({
      'content-type': 'application/x-ndjson',
      'content-length': String(body.length),
      'cache-control': 'private, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      vary: 'accept-encoding',
      etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
      'hub-feed-epoch': expect.any(String),
    });
  });

  test('packed: the same lines under another name, never in part', async () => {
    const packed = await ask('/exchange/segments/1', { 'accept-encoding': 'br, gzip;q=0.5', range: 'bytes=0-9' });
    expect([packed.status, packed.headers['content-encoding'], packed.headers['etag'] === segment.headers['etag']]).toEqual([
      200,
      'gzip',
      false,
    ]);
    expect(gunzipSync(packed.body).equals(segment.body)).toBe(true);
    expect((await ask('/exchange/segments/1', { 'accept-encoding': 'gzip;q=0' }, 'HEAD')).headers['content-encoding']).toBeUndefined();
  });

  test.each([
    ['bytes=1000000-1000099', [1_000_000, 1_000_100]],
    ['bytes=4300000-', [4_300_000, undefined]],
    ['bytes=-50', [-50, undefined]],
  ])('goes on where it broke off: %s', async (range, [from, to]) => {
    const etag = String(segment.headers['etag']);
    const part = await ask('/exchange/segments/1', { range, 'if-range': etag });
    const wanted = segment.body.subarray(from, to);
    expect([part.status, part.body.equals(wanted), part.headers['content-length']]).toEqual([206, true, String(wanted.length)]);
    expect(part.headers['content-range']).toMatch(new RegExp(`^bytes \\d+-\\d+/${segment.body.length}$`));
  });

  test('the whole where the part is of another file, and nothing where there is none or it is known', async () => {
    const size = segment.body.length;
    const etag = String(segment.headers['etag']);
    const statusOf = async (headers: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
      const { status, body } = await ask('/exchange/segments/1', headers);
      return [status, body.length];
    };
    expect(await statusOf({ range: 'bytes=5-9', 'if-range': '"other"' })).toEqual([200, size]);
    expect(await statusOf({ range: 'lines=5-9' })).toEqual([200, size]);
    expect(await statusOf({ range: `bytes=${size}-` })).toEqual([416, 0]);
    expect(await statusOf({ 'if-none-match': etag })).toEqual([304, 0]);
  });

  test('HEAD tells its size', async () => {
    const { status, headers, body } = await ask('/exchange/segments/1', {}, 'HEAD');
    expect([status, headers['content-length'], body.length]).toEqual([200, String(segment.body.length), 0]);
  });

  test('a reader that hangs up harms nobody', async () => {
    const signer = openSigner(hub.nationKey, { issuer: 'nation', audience: 'exchange' });
    for (let turn = 0; turn < 6; turn++) {
      const gone = Promise.withResolvers<void>();
      const asked = request(`${hub.origin}/exchange/segments/1`, { headers: { 'hub-signature': signer.sign('') } }, (response) => {
        response.once('data', () => response.destroy()).once('close', () => gone.resolve());
      });
      asked.on('error', () => {}).end();
      await gone.promise;
    }
    const after = await ask('/exchange/segments/1');
    expect([hub.faults, after.status, after.body.equals(segment.body)]).toEqual([[], 200, true]);
  });
});

describe('What follows, and what is stated', () => {
  test('where the feed stands, and its open end', async () => {
    const feed: unknown = JSON.parse((await ask('/exchange/feed')).body.toString());
    expect(feed).toEqual({ version: 1, stream: 'hub', epoch: expect.any(String), head: 10_003, segments: 1 });
    const { body, headers } = await ask('/exchange/entries?after=9999&first=3');
    const lines = body.toString().trimEnd().split('\n');
    expect(lines.map((line) => at(JSON.parse(line), 'position'))).toEqual([10_000, 10_001, 10_002]);
    expect([headers['hub-feed-head'], headers['cache-control']]).toEqual(['10003', 'no-store']);
    expect((await ask('/exchange/entries?after=10003')).body.toString()).toBe('');
    const states = await nationalStates(hub.exchange.sql, [1, 10_002, 10_003]);
    expect(states.map(({ state }) => state)).toEqual(['SENT', 'SENT', 'PENDING']);
  });

  test('statements that are kept, and one that is made', async () => {
    const kept = readManifestLine((await ask('/exchange/statements?after=0')).body.toString().trimEnd());
    const made = readManifestLine((await ask('/exchange/statements/9999-10002')).body.toString().trimEnd());
    const key = hub.signer;
    expect([kept, made].map((line) => line?.kind === 'range' && signatureHolds(line, key))).toEqual([true, true]);
    expect(kept).toMatchObject({ statement: { stream: 'hub', from: 1, to: 10_000, count: 10_000 } });
    expect(made).toMatchObject({ statement: { stream: 'hub', from: 9_999, to: 10_002, count: 4 } });
    expect((await ask('/exchange/keys')).body.toString()).toBe(key.pem);
    const fresh = await hub.rotate();
    const [before, between, after] = (await ask('/exchange/keys')).body.toString().split(/(?<=-----\n)(?=from)|(?<=Z\n)(?=-----)/);
    expect([before, after]).toEqual([fresh.pem, key.pem]);
    expect(between).toMatch(/^from: \d{4}-\d\d-\d\dT[\d:]{8}Z\nuntil: \d{4}-\d\d-\d\dT[\d:]{8}Z\n$/);
  });

  test('how many of each system and dataset a range holds', async () => {
    const counted = (await ask('/exchange/counts/11-10003')).body.toString().trimEnd().split('\n');
    expect(counted.map((line): unknown => JSON.parse(line))).toEqual([
      { system: 'toy-east', epoch: 'epoch-1', dataset: 'TENDER_PROJECT', from: 11, to: 10_003, puts: 9_993, withdrawals: 0 },
    ]);
    expect(codeIn(await ask('/exchange/counts/1-10004'))).toEqual([400, 'QUERY_INVALID']);
  });

  test.each([
    ['/exchange/segments/2', [400, 'QUERY_INVALID']],
    ['/exchange/segments/0', [400, 'QUERY_INVALID']],
    ['/exchange/entries?after=10004', [409, 'EPOCH_CHANGED']],
    ['/exchange/entries?after=-1', [400, 'QUERY_INVALID']],
    ['/exchange/entries?first=10001', [400, 'PAGE_SIZE_INVALID']],
    ['/exchange/statements/5-10004', [400, 'QUERY_INVALID']],
    ['/exchange/statements/6-5', [400, 'QUERY_INVALID']],
    ['/exchange/elsewhere', [400, 'QUERY_INVALID']],
  ])('%s is refused', async (path, refusal) => {
    expect(codeIn(await ask(path))).toEqual(refusal);
  });

  test.each([`/exchange/${'x'.repeat(5_000)}`, `/exchange/entries?after=%1B${'x'.repeat(5_000)}`])(
    'is quoted in few words, path %#',
    async (path) => {
      const told = at(JSON.parse((await ask(path)).body.toString()), 'errors', 0, 'message');
      expect(told).toMatch(/^[\P{C}]{80,120}$/u);
    },
  );

  test('nobody but the nation is told', async () => {
    const path = '/exchange/feed';
    const system = openSigner(hub.nationKey, { issuer: 'toy-east', audience: 'exchange' }).sign('');
    const stranger = openSigner(privateJwkOf(createSigningKey()), { issuer: 'nation', audience: 'exchange' }).sign('');
    for (const signature of [system, stranger, '']) {
      expect(codeIn(await ask(path, { 'hub-signature': signature }))).toEqual([401, 'UNAUTHENTICATED']);
    }
    expect((await ask(path, {}, 'POST')).status).toBe(405);
  });
});
