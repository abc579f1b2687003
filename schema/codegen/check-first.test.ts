import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeEach, expect, test } from 'vitest';

const schema = fileURLToPath(new URL('..', import.meta.url));
let copy: string;

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'hub-schema-'));
  for (const part of ['codegen', 'codes', 'contracts', 'rules', 'src', 'directives.graphql', 'shared.graphql', 'package.json']) {
    cpSync(join(schema, part), join(copy, part), { recursive: true });
  }
  symlinkSync(join(schema, 'node_modules'), join(copy, 'node_modules'));
});
afterEach(() => rmSync(copy, { recursive: true }));

test('contracts in order let generation go on, in silence', () => {
  expect(check()).toEqual({ status: 0, said: '' });
});

test('a finding is told once, without a stack, and stops generation', () => {
  const board = join(copy, 'contracts/board.graphql');
  const place = '@wire(code: "PUBLISHED_AT", type: "yyyyMMddHHmmss") @visibility(to: PUBLIC)';
  writeFileSync(board, readFileSync(board, 'utf8').replace(place, place.replace(' @visibility(to: PUBLIC)', '')));
  const { status, said } = check();
  expect(status).toBe(1);
  expect(said.trimEnd().split('\n')).toEqual([
    '契约有 1 处不合规，没有生成任何文件。',
    'The contracts have 1 findings; nothing is generated.',
    'board.graphql:18:3 VISIBILITY_MISSING Notice.publishedAt',
    expect.stringContaining('字段 publishedAt 没有写公开范围'),
    expect.stringContaining('publishedAt does not say who may see it.'),
  ]);
});

function check(): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(copy, 'codegen/check-first.ts')], { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}
