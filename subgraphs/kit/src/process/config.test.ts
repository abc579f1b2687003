import { describe, expect, test } from 'vitest';

import { readConfig } from './config.ts';

describe('Settings', () => {
  test('an empty environment gives the documented defaults', () => {
    const { dataDir, provinceDir, ...rest } = readConfig({});
    expect(dataDir.endsWith('/.hub')).toBe(true);
    expect(provinceDir.endsWith('/schema/province')).toBe(true);
    expect(rest).toEqual({
      port: 4000,
      databaseUrl: undefined,
      scale: 1,
      tokenSecret: undefined,
      jwksFile: undefined,
      cursorKey: undefined,
      corsOrigins: [],
      logLevel: 'warn',
    });
  });

  test('an empty value counts as absent, and origins are a list', () => {
    const config = readConfig({ HUB_PORT: '', HUB_CORS_ORIGINS: 'https://a.example, https://b.example:8443' });
    expect(config.port).toBe(4000);
    expect(config.corsOrigins).toEqual(['https://a.example', 'https://b.example:8443']);
  });

  test('the demonstration may be a fraction, the port may not', () => {
    expect(readConfig({ HUB_SCALE: '0.25' }).scale).toBe(0.25);
    expect(() => readConfig({ HUB_SCALE: '0' })).toThrow('环境变量 HUB_SCALE=0 无效：应为 0.01–10000 的数。');
    expect(() => readConfig({ HUB_PORT: '80.5' })).toThrow('环境变量 HUB_PORT=80.5 无效：应为 0–65535 的整数。');
  });

  test('every fault is told at once, with what it must be, and no secret is quoted', () => {
    const read = () => readConfig({ HUB_PORT: '70000', HUB_TOKEN_SECRET: 'hunter2', HUB_CORS_ORIGINS: 'https://a.example/x' });
    expect(read).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message:
          '环境变量 HUB_PORT=70000 无效：应为 0–65535 的整数；HUB_TOKEN_SECRET 无效：至少 32 个字符；HUB_CORS_ORIGINS=https://a.example/x 无效：应为以逗号分隔的来源，如 https://hall.example.gov.cn。',
        messageEn:
          'Environment variable HUB_PORT=70000 is not valid: must be a whole number from 0 to 65535; HUB_TOKEN_SECRET is not valid: must have 32 characters at least; HUB_CORS_ORIGINS=https://a.example/x is not valid: must be origins separated by commas, such as https://hall.example.gov.cn.',
      }),
    );
  });
});
