/**
 * Generated files say what the contracts say. @see design/architecture.md «Layout»
 */
import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { root } from '../support/repository.ts';

const run = promisify(execFile);
// The program and its Node are the repository's own, however the tests were started.
const env = { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env['PATH'] ?? ''}` };

test('generating again changes nothing, because what is committed must be what the law says (npm run generate)', async () => {
  const said = await run('graphql-codegen', ['--config', 'codegen.yml', '--check'], { cwd: root, env }).then(
    () => 'fresh',
    (fault: unknown) => (fault instanceof Error ? fault.message : String(fault)),
  );
  expect(said).toBe('fresh');
}, 120_000);
