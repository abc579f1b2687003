/**
 * The explorer page at `/`: GraphiQL in one self-contained document, so that it works on a closed network. The content
 * security policy lets the page run only its own script and talk only to this gateway.
 * @see design/toolchain.md «Explorer»
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import type { GraphQLSchema } from 'graphql';

import type { HttpAnswer } from '../respond/http.ts';
import { exampleLabels, examplesFor } from './examples.ts';

const title = '公共资源交易汇聚枢纽 · 查询台';

// GraphiQL moves a tab while the mouse is down on it, so that the click misses it; and its three columns do not fit a phone.
const head = `<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
.graphiql-tabs .graphiql-tab { transform: none !important }
.graphiql-logo { white-space: nowrap }
/* The editor takes full-width brackets for Latin ones spelt wrong. */
.monaco-editor .unicode-highlight { border: 0 !important; background: none !important }
@media (max-width: 760px) {
  #graphiql-session { flex-direction: column !important }
  .graphiql-editors, .graphiql-response { flex: 1 1 0 !important; min-height: 0; width: auto !important }
  .graphiql-editors :is(.graphiql-editor-tool, .graphiql-editor-tools) { display: none !important }
  .graphiql-query-editor { position: relative }
  .graphiql-toolbar { position: absolute !important; right: 8px; bottom: 8px }
  .graphiql-toolbar > :not(.graphiql-execute-button) { display: none }
  .graphiql-logo, .graphiql-horizontal-drag-bar { display: none !important }
}
${Object.entries(exampleLabels).map(tabLabel).join('\n')}
</style>
`;

interface Page {
  readonly schema: GraphQLSchema;
  readonly html: Buffer;
  readonly gzipped: Buffer;
  readonly etag: string;
  readonly policy: string;
}

/**
 * @param schemaNow - The schema in service.
 * @returns What answers `GET /`. The page is made when it is first asked for, and again for another schema.
 */
export function openExplorer(schemaNow: () => GraphQLSchema): (request: IncomingMessage) => Promise<HttpAnswer> {
  let page: Promise<Page> | undefined;
  let made: GraphQLSchema | undefined;
  return async (request) => {
    const schema = schemaNow();
    if (page === undefined || made !== schema) [page, made] = [makePage(schema), schema];
    const { html, gzipped, etag, policy } = await page;
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
      etag,
    };
    if (request.headers['if-none-match'] === etag) return { status: 304, headers, body: '' };
    const zipped = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    return zipped
      ? { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: gzipped }
      : { status: 200, headers, body: html };
  };
}

async function makePage(schema: GraphQLSchema): Promise<Page> {
  // Nine megabytes that most gateways never serve.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const rendered = renderGraphiQL({
    title,
    endpoint: '/graphql',
    logo: '<span></span>',
    defaultTabs: examplesFor(schema).map((query) => ({ query })),
    // A token typed into the page must not outlive it.
    shouldPersistHeaders: false,
  });
  const text = rendered.trim().replace('<html lang="en">', '<html lang="zh-CN">').replace('</head>', `${head}</head>`);
  const script = text.slice(text.indexOf('<script>') + '<script>'.length, text.lastIndexOf('</script>'));
  const html = Buffer.from(text);
  return {
    schema,
    html,
    gzipped: await promisify(gzip)(html),
    etag: `"${createHash('sha256').update(html).digest('hex').slice(0, 16)}"`,
    policy: policyFor(script),
  };
}

// GraphiQL names a tab after its operation.
function tabLabel([operation, label]: readonly [string, string]): string {
  const tab = `.graphiql-tab-button[title="${operation}"]`;
  return `${tab} { font-size: 0 } ${tab}::before { content: "${label}"; font-size: 15px }`;
}

function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    'worker-src blob:',
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
