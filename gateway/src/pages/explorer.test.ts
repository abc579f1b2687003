import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';

import { beforeAll, describe, expect, test } from 'vitest';

import { readSupergraph } from '../plan/marks.ts';
import { openExplorer } from './explorer.ts';

const schema = readSupergraph(readFileSync(new URL('../../../schema/generated/supergraph.graphql', import.meta.url), 'utf8'));
const inService = { schema, partitioned: true, subgraphs: ['board', 'construction', 'registry'] };
const examples = [
  '# 交易系统\n# 谁运营。\nquery TradingSystems { systems { code } }',
  '# 丙"<丁\nquery Notices { notices { totalCount } }',
];
const explorer = openExplorer(() => inService, examples);

function asking(headers: Readonly<Record<string, string>>): ReturnType<typeof explorer> {
  const request = new IncomingMessage(new Socket());
  Object.assign(request.headers, headers);
  return explorer(request);
}

describe('the explorer page', () => {
  let html: string;
  let policy: string | undefined;
  let head: string;

  beforeAll(async () => {
    const { body, headers } = await asking({});
    html = String(body);
    policy = headers['content-security-policy'];
    head = html.slice(0, html.indexOf('</head>'));
  });

  test('is Chinese, with a title and a width of its own on a phone', () => {
    expect(head).toContain('<html lang="zh-CN">');
    expect(head).toContain('<title>公共资源交易汇聚枢纽 · 查询台</title>');
    expect(head).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(head).toContain('#graphiql-session { flex-direction: column !important }');
  });

  test('does not move a tab while it is clicked, because the click would miss it', () => {
    expect(head).toContain('.graphiql-tabs .graphiql-tab { transform: none !important }');
  });

  test('leads to the data dictionary, where there is one', async () => {
    const link = '<nav class="dictionary"><a href="/dictionary">';
    expect(html).toContain(link);
    const elsewhere = openExplorer(() => ({ ...inService, partitioned: false }), []);
    const { body } = await elsewhere(new IncomingMessage(new Socket()));
    expect(String(body)).not.toContain(link);
  });

  test('labels the tab of every example in Chinese', () => {
    const labelled = (operation: string, label: string): string =>
      `.graphiql-tab-button[title="${operation}"]::before { content: "${label}"; font-size: 15px }`;
    expect(head).toContain(labelled('TradingSystems', '交易系统'));
    expect(head).toContain(labelled('Notices', '丙丁'));
  });

  test('may run its own script and no other', () => {
    const script = html.slice(html.indexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain(`script-src 'sha256-${hash}';`);
  });

  test('is the same page compressed, and is not sent again to whoever has it', async () => {
    const zipped = await asking({ 'accept-encoding': 'gzip' });
    expect(Buffer.isBuffer(zipped.body) && gunzipSync(zipped.body).toString()).toBe(html);
    expect(await asking({ 'if-none-match': zipped.headers['etag'] ?? '' })).toMatchObject({ status: 304, body: '' });
  });
});
