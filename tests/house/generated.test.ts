/**
 * Generated files say what the contracts say. @see design/architecture.md «Layout»
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

import { root } from '../support/repository.ts';

const run = promisify(execFile);

test('generating again changes nothing, because what is committed must be what the law says (npm run generate)', async () => {
  const said = await run('graphql-codegen', ['--config', 'codegen.yml', '--check'], { cwd: root }).then(
    () => 'fresh',
    (fault: unknown) => (fault instanceof Error ? fault.message : String(fault)),
  );
  expect(said).toBe('fresh');
}, 120_000);
