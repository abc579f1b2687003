import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { createLog } from '@hub/kit/process';
import { CodeLists, type CodeValue, law } from '@hub/schema';
import { Kind, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';

import { startWorks, threeTables } from '../../testing/works-gateway.ts';
import { admit } from '../admit/admit.ts';
import { usualLimits } from '../admit/limits.ts';
import { readSupergraph } from '../plan/marks.ts';
import type { HttpAnswer } from '../respond/http.ts';
import { startGateway } from '../server.ts';
import { openDictionary } from './dictionary.ts';

const supergraph = fileURLToPath(import.meta.resolve('@hub/schema/supergraph.graphql'));
const hub = { partitioned: true, subgraphs: ['board', 'construction', 'registry'] };
const dictionary = openDictionary(() => hub);

function asking(path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpAnswer | undefined> {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return dictionary(path, request);
}

async function given(path: string, headers?: Readonly<Record<string, string>>): Promise<HttpAnswer> {
  const answer = await asking(path, headers);
  if (answer === undefined) throw new Error(`nothing at ${path}`);
  return answer;
}

describe('the dictionary’s pages', () => {
  test.each(['/dictionary', '/dictionary/', '/dictionary/construction', '/dictionary/codes', '/dictionary/types'])(
    '%s may run its own script and no other, and talk to this hub only',
    async (path) => {
      const { body, headers } = await given(path);
      const html = String(body);
      const script = html.slice(html.indexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
      const policy = headers['content-security-policy'];
      expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`);
      expect(policy).toMatch(/^default-src 'none';.*connect-src 'self';.*frame-ancestors 'none'$/);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
    },
  );

  test('the index its search reads is JSON', async () => {
    const { body, headers } = await given('/dictionary/search.json');
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(String(body))).toEqual({
      contracts: expect.any(Array),
      datasets: expect.any(Array),
      lists: expect.any(Array),
      types: expect.any(Array),
    });
  });

  test('a page is the same compressed, small, and is not sent again to whoever has it', async () => {
    const plain = await given('/dictionary/construction');
    const zipped = await given('/dictionary/construction', { 'accept-encoding': 'gzip, br' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(Buffer.isBuffer(zipped.body) && gunzipSync(zipped.body).equals(Buffer.from(plain.body))).toBe(true);
    expect(zipped.body.length).toBeLessThan(100_000);
    expect(await given('/dictionary/construction', { 'if-none-match': plain.headers['etag'] ?? '' })).toMatchObject({
      status: 304,
      body: '',
    });
  });

  test('there is nothing at other addresses, nor of contracts out of service', async () => {
    expect(await asking('/dictionary/elsewhere')).toBeUndefined();
    expect(await asking('/dictionary/constructor')).toBeUndefined();
    expect(await asking('/dictionaries')).toBeUndefined();
    const board = openDictionary(() => ({ partitioned: true, subgraphs: ['board'] }));
    expect(await board('/dictionary/construction', new IncomingMessage(new Socket()))).toBeUndefined();
  });

  test('the lists are those of the hub’s province, which the law has not: its places and categories', async () => {
    const [place, trade] = [
      { code: '990100', label: '甲市', labelEn: undefined, from: undefined, until: '2005' },
      { code: 'tea', label: '茶叶', labelEn: undefined, from: undefined, until: undefined, direction: 'PUBLIC_RECEIVES', provincial: true },
    ] as const;
    const added: Readonly<Record<string, CodeValue>> = { REGION: place, CATEGORY: trade };
    const lists = law()
      .codes.all()
      .map((list) => ({ ...list, values: [...list.values, ...[added[list.name] ?? []].flat()] }));
    const provincial = openDictionary(() => hub, new CodeLists(lists));
    const html = String((await provincial('/dictionary/codes', new IncomingMessage(new Socket())))?.body);
    expect(html).toMatch(/<code>990100<\/code><\/th><td>甲市 <\/td><td>2005 年撤销</);
    expect(html).toMatch(/<code>tea<\/code><\/th><td>茶叶 <span[^>]*>省增<\/span><span class="note">公共收入</);
    expect(String((await given('/dictionary/codes')).body)).not.toContain('茶叶');
  });

  test('other contracts in service, other pages', async () => {
    let subgraphs = ['board'];
    const changing = openDictionary(() => ({ partitioned: true, subgraphs }));
    const home = async () => String((await changing('/dictionary', new IncomingMessage(new Socket())))?.body);
    expect(await home()).not.toContain('/dictionary/construction');
    subgraphs = ['board', 'construction'];
    expect(await home()).toContain('/dictionary/construction');
  });
});

describe('the sample queries', () => {
  const schema = readSupergraph(readFileSync(supergraph, 'utf8'));
  const letters: ReadonlyMap<string, string> = new Map([['&quot;', '"']]);

  test.each(hub.subgraphs)('anybody may ask those of %s', async (contract) => {
    const html = String((await given(`/dictionary/${contract}`)).body);
    const boxes = [...html.matchAll(/<figcaption>查询 GraphQL[^<]*<\/figcaption><pre[^>]*><code>([^<]*)<\/code>/g)];
    expect(boxes.length).toBe(law().contracts.find((found) => found.contract.name === contract)?.contract.datasets.length);
    for (const [, text = ''] of boxes) {
      const document = parse(text.replaceAll(/&\w+;/g, (letter) => letters.get(letter) ?? '?'));
      expect(validate(schema, document)).toEqual([]);
      const definition = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
      if (definition === undefined) throw new Error('no operation');
      admit(schema, { document, definition, variables: {}, grants: 'PUBLIC' }, usualLimits);
    }
  });
});

describe('a running gateway', () => {
  test('shows the dictionary of its contracts', async () => {
    await using gateway = await startGateway({
      supergraph,
      port: 0,
      log: createLog('test', 'silent'),
      endpoints: { registry: 'http://127.0.0.1:9/graphql' },
    });
    const answer = await fetch(`${gateway.url}/dictionary/board`);
    expect([answer.status, answer.headers.get('x-content-type-options')]).toEqual([200, 'nosniff']);
    expect(await answer.text()).toContain('id="dataset-BOARD_NOTICE"');
    const form = await fetch(`${gateway.url}/schemas/board/BOARD_NOTICE.xsd`);
    expect([form.status, form.headers.get('content-type')]).toEqual([200, 'application/xml; charset=utf-8']);
  });

  test('over somebody else’s graph has none', async () => {
    await using works = await startWorks(threeTables);
    const answer = await fetch(`${works.gateway.url}/dictionary`);
    expect([answer.status, await answer.json()]).toEqual([404, { message: '没有这个地址。Not found.' }]);
    const plain = openDictionary(() => ({ partitioned: false, subgraphs: ['board'] }));
    expect(await plain('/dictionary', new IncomingMessage(new Socket()))).toBeUndefined();
  });
});
