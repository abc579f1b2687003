import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { readConfig } from './config.ts';

describe('Settings', () => {
  test('an empty environment gives the documented defaults', () => {
    const { dataDir, provinceDir, ...rest } = readConfig({});
    expect(dataDir.endsWith('/.hub')).toBe(true);
    expect(provinceDir.endsWith('/schema/province')).toBe(true);
    expect(rest).toEqual({
      port: 4000,
      exchangePort: 4002,
      exchangeUrl: undefined,
      registryPort: 4001,
      registryUrl: undefined,
      registryKeyFile: undefined,
      databaseUrl: undefined,
      scale: 1,
      tokenSecret: undefined,
      jwksFile: undefined,
      gatewayKeyFile: undefined,
      trustedKeysFile: undefined,
      operatorKeysFile: undefined,
      nationKeysFile: undefined,
      nationUrl: undefined,
      tokenAudience: undefined,
      tokenIssuer: undefined,
      cursorKey: undefined,
      engine: 'hub',
      workers: 1,
      corsOrigins: [],
      allowLoopback: false,
      allowNetworks: [],
      logLevel: 'warn',
    });
  });

  test('an empty value counts as absent, and origins are a list', () => {
    const config = readConfig({ HUB_PORT: '', HUB_CORS_ORIGINS: 'https://a.example, https://b.example:8443' });
    expect(config.port).toBe(4000);
    expect(config.corsOrigins).toEqual(['https://a.example', 'https://b.example:8443']);
  });

  test('what tokens must say of their issuer and audience is taken as it is', () => {
    const { tokenAudience, tokenIssuer } = readConfig({ HUB_TOKEN_AUDIENCE: 'hub', HUB_TOKEN_ISSUER: 'https://id.example.gov.cn' });
    expect({ tokenAudience, tokenIssuer }).toEqual({ tokenAudience: 'hub', tokenIssuer: 'https://id.example.gov.cn' });
  });

  test('the demonstration may be a fraction, the port may not', () => {
    expect(readConfig({ HUB_SCALE: '0.25' }).scale).toBe(0.25);
    expect(() => readConfig({ HUB_SCALE: '0.001' })).toThrow('环境变量 HUB_SCALE=0.001 无效：应为 0 或 0.01–10000 的数。');
    expect(() => readConfig({ HUB_PORT: '80.5' })).toThrow('环境变量 HUB_PORT=80.5 无效：应为 0–65535 的整数。');
  });

  test('one process at least answers, and no more than a machine can have cores', () => {
    expect(readConfig({ HUB_WORKERS: '16' }).workers).toBe(16);
    for (const wrong of ['0', '257', 'auto', '1.5']) {
      expect(() => readConfig({ HUB_WORKERS: wrong })).toThrow(`环境变量 HUB_WORKERS=${wrong} 无效：应为 1–256 的整数。`);
    }
  });

  test('a scale of 0 means no demonstration', () => {
    expect(readConfig({ HUB_SCALE: '0' }).scale).toBe(0);
  });

  test('loopback is opened for development only: production does not start with it', () => {
    expect(readConfig({ HUB_ALLOW_LOOPBACK: '1' }).allowLoopback).toBe(true);
    expect(readConfig({ HUB_ALLOW_LOOPBACK: '0', NODE_ENV: 'production' }).allowLoopback).toBe(false);
    expect(() => readConfig({ HUB_ALLOW_LOOPBACK: '1', HUB_PORT: 'x', NODE_ENV: 'production' })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message:
          '环境变量 HUB_PORT=x 无效：应为 0–65535 的整数；HUB_ALLOW_LOOPBACK=1 无效：只供开发使用，须同时设置 NODE_ENV=development。',
      }),
    );
  });

  test('the registry is at the port after the gateway’s, unless another is set', () => {
    const ports = (env: Readonly<Record<string, string>>): number => readConfig(env).registryPort;
    expect([ports({ HUB_PORT: '5000' }), ports({ HUB_PORT: '0' }), ports({ HUB_PORT: '65535' })]).toEqual([5001, 0, 0]);
    expect([ports({ HUB_REGISTRY_PORT: '6000' }), ports({ HUB_REGISTRY_PORT: '0' })]).toEqual([6000, 0]);
  });

  test('networks of systems are private ones, and no more', () => {
    expect(readConfig({ HUB_ALLOW_NETWORKS: '10.64.0.0/10, fd12::/16' }).allowNetworks).toEqual(['10.64.0.0/10', 'fd12::/16']);
    expect(() => readConfig({ HUB_ALLOW_NETWORKS: '10.64.0.0/10,127.0.0.0/8' })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: expect.stringMatching(/^环境变量 HUB_ALLOW_NETWORKS=10\.64\.0\.0\/10,127\.0\.0\.0\/8 无效：应为以逗号分隔的内网网段/),
      }),
    );
  });

  test('a registry is named by its origin', () => {
    expect(readConfig({ HUB_REGISTRY_URL: 'https://registry.example/' }).registryUrl).toBe('https://registry.example');
    expect(() => readConfig({}, { HUB_REGISTRY_URL: 'https://registry.example/control' })).toThrow(
      '选项 --registry https://registry.example/control 无效：应为登记处的协议、主机和端口',
    );
  });

  test('the nation is pushed to at a web address; what may be secret in it is not quoted', () => {
    expect(readConfig({ HUB_NATION_URL: 'http://10.64.0.9:8080/upload?system=44' }).nationUrl).toBe(
      'http://10.64.0.9:8080/upload?system=44',
    );
    expect(() => readConfig({ HUB_NATION_URL: 'https://hub:hunter2@nation.example/' })).toThrow(
      '环境变量 HUB_NATION_URL 无效：应为国家系统接收报文的地址，如 https://nation.example/upload。',
    );
  });

  test('a flag stands above its variable, and is named as it was given', () => {
    expect(readConfig({ HUB_PORT: '4001' }, { HUB_PORT: '4002' }).port).toBe(4002);
    expect(readConfig({ HUB_PORT: '4001' }, { HUB_PORT: undefined }).port).toBe(4001);
    expect(() => readConfig({ HUB_SCALE: 'x' }, { HUB_PORT: 'abc' })).toThrow(
      expect.objectContaining({
        message: '选项 --port abc 无效：应为 0–65535 的整数。环境变量 HUB_SCALE=x 无效：应为 0 或 0.01–10000 的数。',
        messageEn:
          'Option --port abc is not valid: must be a whole number from 0 to 65535. Environment variable HUB_SCALE=x is not valid: must be 0 or a number from 0.01 to 10000.',
      }),
    );
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

describe('HUB_JWKS_FILE', () => {
  let folder: string;

  beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'hub-config-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test.each([
    [undefined, '读不到这个文件', 'this file cannot be read'],
    ['not json', '文件不是 JSON', 'the file is not JSON'],
    ['{"keys":[]}', '文件不是 JSON Web Key Set，或其中没有密钥（keys）', 'the file is no JSON Web Key Set, or has no keys in it'],
  ])('%j is refused when the settings are read', async (text, zh, en) => {
    const file = join(folder, 'keys.json');
    if (text !== undefined) await writeFile(file, text);
    expect(() => readConfig({ HUB_JWKS_FILE: file })).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        message: `环境变量 HUB_JWKS_FILE=${file} 无效：${zh}。`,
        messageEn: `Environment variable HUB_JWKS_FILE=${file} is not valid: ${en}.`,
      }),
    );
  });

  test('a key set is taken', async () => {
    const file = join(folder, 'keys.json');
    await writeFile(file, '{"keys":[{"kty":"OKP"}]}');
    expect(readConfig({ HUB_JWKS_FILE: file }).jwksFile).toBe(file);
  });
});
