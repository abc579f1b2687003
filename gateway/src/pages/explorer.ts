/**
 * The explorer page at `/`: GraphiQL in one self-contained document, so that it works on a closed network. The content
 * security policy lets the page run only its own script and talk only to this gateway.
 * @see design/toolchain.md «Explorer»
 */
import type { IncomingMessage } from 'node:http';

import type { GraphQLSchema } from 'graphql';

import type { HttpAnswer } from '../respond/http.ts';
import type { Generation } from '../plan/generation.ts';
import { hasDictionary } from './dictionary.ts';
import { answerWith, policyFor, type WrittenDocument, writeDocument } from './document.ts';
import { type Example, examplesFor } from './examples.ts';

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
/* The way to the dictionary stands above, on a phone too. */
body:has(> .dictionary) { display: flex; flex-direction: column; height: 100vh; height: 100dvh; margin: 0 }
.dictionary { padding: 6px 16px; text-align: right; font: 14px system-ui, sans-serif; background: #f3f4f6; color: #374151 }
.dictionary a { color: #0b57a4 }
.dictionary + #root { flex: 1; min-height: 0 }
.dictionary + #root .graphiql-container { height: 100% }
@media (prefers-color-scheme: dark) { .dictionary { background: #1b2233; color: #d1d5db } .dictionary a { color: #8ec1ff } }
`;
const dictionaryLink =
  '<nav class="dictionary"><a href="/dictionary">数据字典 <span lang="en">Data dictionary</span></a> · <a href="/systems">交易系统 <span lang="en">Systems</span></a></nav>';

/** What of a generation the page shows. */
type InService = Pick<Generation, 'schema' | 'partitioned' | 'subgraphs'>;

/**
 * @param inService - The generation in service.
 * @param examples - Queries to show ready-made.
 * @returns What answers `GET /`. The page is made when it is first asked for, and again for another schema.
 */
export function openExplorer(inService: () => InService, examples: readonly string[]): (request: IncomingMessage) => Promise<HttpAnswer> {
  let page: Promise<WrittenDocument> | undefined;
  let made: GraphQLSchema | undefined;
  return async (request) => {
    const generation = inService();
    const { schema } = generation;
    if (page === undefined || made !== schema) [page, made] = [makePage(examplesFor(schema, examples), hasDictionary(generation)), schema];
    return answerWith(await page, request);
  };
}

async function makePage(examples: readonly Example[], linked: boolean): Promise<WrittenDocument> {
  // Nine megabytes that most gateways never serve.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const rendered = renderGraphiQL({
    title,
    endpoint: '/graphql',
    logo: '<span></span>',
    defaultTabs: examples.map(({ query }) => ({ query })),
    // A token typed into the page must not outlive it.
    shouldPersistHeaders: false,
  });
  const text = rendered
    .trim()
    .replace('<html lang="en">', '<html lang="zh-CN">')
    .replace('</head>', `${head}${examples.map(tabLabel).join('\n')}\n</style>\n</head>`)
    .replace('<div id="root">', `${linked ? dictionaryLink : ''}<div id="root">`);
  const script = text.slice(text.indexOf('<script>') + '<script>'.length, text.lastIndexOf('</script>'));
  return writeDocument(text, { type: 'text/html', policy: policyFor(script) });
}

// GraphiQL names a tab after its operation.
function tabLabel({ operation, label }: Example): string {
  if (operation === undefined || label === undefined) return '';
  const tab = `.graphiql-tab-button[title="${operation}"]`;
  return `${tab} { font-size: 0 } ${tab}::before { content: "${label.replaceAll(/["\\<]/g, '')}"; font-size: 15px }`;
}
