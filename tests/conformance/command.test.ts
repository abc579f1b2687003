/**
 * `npm run conformance`: exit codes, what goes to stdout and what to stderr.
 * @see tests/conformance/suite/README.md
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { root } from '../support/repository.ts';

let server: Server;
let url = '';
beforeAll(async () => {
  server = createServer((request, response) => {
    const isPage = request.url === '/page';
    request
      .resume()
      .on('end', () =>
        response
          .writeHead(200, { 'content-type': isPage ? 'text/html' : 'application/json' })
          .end(isPage ? '<p>' : '{"data":{"__typename":"Query"}}'),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function conformance(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, 'bin/conformance.ts'), ...words], { cwd: root }, (fault, stdout, stderr) => {
      resolve({ code: fault === null ? 0 : Number(fault.code), stdout, stderr });
    });
  });
}

describe('npm run conformance', () => {
  test('a conformant endpoint: 0, the report on stdout, progress on stderr', async () => {
    const { code, stdout, stderr } = await conformance('--url', url, '--only', 'HTTP-002', '--format', 'json');
    const report: unknown = JSON.parse(stdout);
    expect({ code, report }).toMatchObject({ code: 0, report: { format: 'hub-conformance', version: 1, verdict: 'CONFORMANT' } });
    expect(stderr).toMatch(/^\[1\/1\] ✓ HTTP-002 +MUST .*\n$/);
  });

  test('one that is not: 1, the report in a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'conformance-'));
    try {
      const out = join(folder, 'report.html');
      const { code, stdout } = await conformance('--url', `${url}/page`, '--format', 'html', '--out', out);
      expect({ code, stdout, html: (await readFile(out, 'utf8')).slice(0, 15) }).toEqual({ code: 1, stdout: '', html: '<!doctype html>' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test.each([
    [['--url', 'nowhere'], 'CONFIG_INVALID'],
    [['--url', 'http://127.0.0.1:9/graphql'], 'SYSTEM_FAILED'],
    [['--url', 'http://127.0.0.1:9/', '--system', 'toy', '--key', 'no-such-file'], 'FOLDER_UNREADABLE'],
    [['--nonsense'], 'CONFIG_INVALID'],
  ])('what cannot be run: 2, one line on stderr: %j', async (words, expected) => {
    const { code, stdout, stderr } = await conformance(...words);
    expect({ code, stdout, lines: stderr.trimEnd().split('\n').length, last: stderr.includes(`[${expected}]`) }).toEqual({
      code: 2,
      stdout: '',
      lines: 1,
      last: true,
    });
  });
});
