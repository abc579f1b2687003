/**
 * The examples of the protocol are real messages, and every rule that can refuse one is in its table.
 * @see schema/PROTOCOL.md 6 and 7
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openTestDatabase, trustEverybody } from '@hub/kit/testing';
import { type Reported, loadFiles, startSystems } from '@hub/trading';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { isTest, sources, textOf } from '../support/repository.ts';
import { toyProvince } from '../support/toy-province.ts';

const protocol = textOf('schema/PROTOCOL.md');
const section = (heading: string): string => protocol.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'protocol-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('the examples, loaded as they stand in the document, are accepted without a remark', { timeout: 60_000 }, async () => {
  const examples = [...section('6 ').matchAll(/^```(xml|json)\n([\s\S]*?)^```$/gm)];
  const files = await Promise.all(
    examples.map(async ([, form = '', text = ''], place) => {
      const file = join(folder, `${place}.${form}`);
      await writeFile(file, text);
      return file;
    }),
  );
  await using database = await openTestDatabase();
  await using trading = await startSystems({
    databaseUrl: database.url,
    province: await toyProvince(),
    trust: trustEverybody,
    onFault: (cause) => expect.fail(String(cause)),
  });
  const [target] = trading.systems;
  if (target === undefined) throw new Error('the toy province has systems');
  const told: Reported[] = [];
  const count = await loadFiles(target, {
    files,
    receivedAt: () => '2026-11-22T04:00:00.000000Z',
    onViolation: (violation) => void told.push(violation),
    onProgress: () => {},
  });
  expect(told).toEqual([]);
  expect(count).toEqual({ read: 4, stored: 2, withdrawn: 2, unchanged: 0, superseded: 0, refused: 0, warned: 0, spoilt: 0 });
});

describe('the table of rules', () => {
  const listed = [...section('7 ').matchAll(/^\| `([A-Z_]+)` \| [拒警] \|/gm)].map(([, rule = '']) => rule);
  const running = sources.filter(
    (path) => !isTest(path) && /^(?:schema|subgraphs\/(?:kit|trading))\/src\/(?!lints\/|testing\/|demo\/)/.test(path),
  );

  test('has every rule that the code can answer with, and no other', () => {
    const answered = running.flatMap((path) => {
      const own = path.startsWith('schema/src/validate/rules/') ? /^  id: '([A-Z_]+)'/gm : /\brule: '([A-Z_]+)'/g;
      return [...textOf(path).matchAll(own)].map(([, rule = '']) => rule);
    });
    expect(listed.toSorted()).toEqual([...new Set(answered)].toSorted());
  });
});
