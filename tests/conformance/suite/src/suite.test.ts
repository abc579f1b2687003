import { readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';

import { afterEach, describe, expect, test } from 'vitest';

import { audits } from './audits.ts';
import { type SuiteOptions, runSuite } from './suite.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** An endpoint that answers the same to everything. */
async function endpoint(text: string, { status = 200, type = 'application/json' } = {}): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status, { 'content-type': type }).end(text));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/graphql`;
}

const codeOf = (options: SuiteOptions): Promise<unknown> =>
  runSuite(options).then(
    ({ verdict }) => verdict,
    (cause: unknown) => (cause instanceof Error && 'code' in cause ? cause.code : cause),
  );

describe('what cannot be run is said at once', () => {
  test.each([
    ['an address that is none', { url: 'localhost:4001' }, 'CONFIG_INVALID'],
    ['another protocol', { url: 'file:///etc/passwd' }, 'CONFIG_INVALID'],
    ['nobody there', { url: 'http://127.0.0.1:9/graphql' }, 'SYSTEM_FAILED'],
    ['a contract there is not', { url: 'http://127.0.0.1:9/', contracts: ['board', 'fishery'] }, 'CONTRACT_INVALID'],
    ['an audit there is not', { url: 'http://127.0.0.1:9/', only: ['SDL', 'FISH-001'] }, 'CONFIG_INVALID'],
  ])('%s: %s', async (_what, options, code) => {
    expect(await codeOf(options)).toBe(code);
  });

  test('a system code that is none', async () => {
    expect(await codeOf({ url: await endpoint('{"data":{}}'), system: 'No System' })).toBe('CONFIG_INVALID');
  });

  test('an endpoint that answers signed questions only, without a key', async () => {
    const url = await endpoint('{"errors":[{"message":"签名","extensions":{"code":"UNAUTHENTICATED"}}]}', { status: 401 });
    expect(await codeOf({ url })).toBe('UNAUTHENTICATED');
  });
});

describe('an endpoint with nothing to judge', () => {
  test('that answers pages fails HTTP-001, and nothing else is judged', async () => {
    const { results, verdict } = await runSuite({ url: await endpoint('<p>维护中', { type: 'text/html' }) });
    const ended = Object.groupBy(results, ({ outcome }) => outcome);
    expect(verdict).toBe('NOT_CONFORMANT');
    expect(ended.failed?.map(({ id }) => id)).toEqual(['HTTP-001', 'HTTP-002', 'HTTP-003']);
    expect(ended.skipped?.length).toBe(audits.length - 3);
  });

  test('that has no rows is not judged, which is no pass', async () => {
    const url = await endpoint('{"data":{"notices":{"totalCount":0},"deals":{"totalCount":0}}}');
    const { results, verdict, rows } = await runSuite({ url, contracts: ['board'], system: 'toy', only: ['ORDER', 'ID'] });
    expect({ verdict, rows, outcomes: [...new Set(results.map(({ outcome }) => outcome))] }).toEqual({
      verdict: 'NOT_JUDGED',
      rows: 0,
      outcomes: ['skipped'],
    });
  });

  test('is asked no more often than allowed', async () => {
    const url = await endpoint('{"data":{"__typename":"Query"}}');
    const { questions } = await runSuite({ url, contracts: ['board'], system: 'toy', mostQuestions: 9 });
    expect(questions).toBe(9);
  });
});

describe('the list of audits', () => {
  test('has an id of its own for each, in its family’s form', () => {
    const ids = audits.map(({ id }) => id);
    expect(ids.filter((id) => !/^[A-Z]+-\d{3}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('is the one in the README, with ids, levels and titles', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const lines = readme.split('\n').filter((line) => /^\| `[A-Z]+-\d{3}`/.test(line));
    expect(lines).toEqual(audits.map(({ id, level, title }) => `| \`${id}\` | ${level} | ${title.zh} *${title.en}* |`));
  });

  test('says everything in both languages', () => {
    const texts = audits.flatMap(({ title, proves, remedy }) => [title, proves, remedy]);
    expect(texts.filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || !/[a-z]/.test(en) || /\p{Script=Han}/u.test(en))).toEqual([]);
  });
});
