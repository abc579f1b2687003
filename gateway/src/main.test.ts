import { describe, expect, test } from 'vitest';

import { runGateway } from './main.ts';

describe('npm run gateway', () => {
  test.each([[[]], [['--port', '4000']], [['--supergraph']], [['--supergraf', 'x']], [['x.graphql']]])(
    '%j is answered with the usage',
    async (args) => {
      await expect(runGateway(args, {})).rejects.toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: expect.stringMatching(/^用法：npm run gateway -- --supergraph 文件或网址 /),
        }),
      );
    },
  );

  test('a port that is none is refused before anything is opened', async () => {
    await expect(runGateway(['--supergraph', 'x.graphql', '--port', 'many'], {})).rejects.toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID', message: '选项 --port many 无效：应为 0–65535 的整数。' }),
    );
  });
});
