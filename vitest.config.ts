/**
 * How tests are found and run: unit tests beside their files, the rest in `tests/`; `npm run prove` adds the long ones.
 */
import { join } from 'node:path';

import { defineConfig } from 'vitest/config';

// Started by hand it takes whatever Node the machine has, and everything would fail in its own way.
if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `测试需要 Node 24，当前为 ${process.versions.node}；请用 npm test -- 文件，它自带 Node 24。  ` +
      `The tests need Node 24, this is ${process.versions.node}; npm test -- FILE brings its own.`,
  );
}

const proving = process.env['HUB_SIZES'] === 'full';

// Many files start further processes: what Node compiled once is kept for all of them.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.cache/compiled');

export default defineConfig({
  // As Node resolves it: with the package's `module` entry a process would hold two copies of graphql, one for our files and
  // one for the CommonJS packages that use it.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: proving ? ['tests/**/*.test.ts', 'tests/**/*.prove.ts'] : ['{bin,schema,gateway,subgraphs,tests}/**/*.test.ts'],
    exclude: proving ? ['**/node_modules/**', 'tests/house/**'] : ['**/node_modules/**'],
    globalSetup: ['./tests/support/postgres-setup.ts'],
    reporters: ['default', './tests/support/closing-line.ts'],
    pool: 'forks',
    // Two processes take the files as they come: loading the law, the database's layer and the graph anew for each of 260 files
    // took a third of the whole. No module keeps what a test left there. Measurements want a process, and the machine, of their own.
    isolate: proving,
    fileParallelism: !proving,
    maxWorkers: 2,
    testTimeout: proving ? 1_800_000 : 30_000,
    hookTimeout: 60_000,
    env: { APOLLO_TELEMETRY_DISABLED: '1' },
  },
});
