import { resolve } from 'node:path';

import { createSigningKey } from '@hub/kit/process';
import { expect, test } from 'vitest';

import { summary } from './summary.ts';

const exchangeOrigin = 'http://127.0.0.1:4002';
const registryOrigin = 'http://127.0.0.1:4001';
const { publicJwk: publicKey } = createSigningKey();
const system = {
  code: 'north',
  name: '北市',
  contracts: ['construction', 'board'],
  state: 'PUBLISHED' as const,
};

function linesWith(loaded: number, notes: readonly string[] = []): readonly string[] {
  const registry = { url: `${registryOrigin}/graphql`, origin: registryOrigin, publicKey };
  const exchange = { url: `${exchangeOrigin}/graphql`, origin: exchangeOrigin };
  return summary(
    { systems: [system], loaded, registry, exchange },
    { url: 'http://127.0.0.1:4000', dataDir: resolve('.hub'), notes },
  ).split('\n');
}

test('the summary ends with the line that programs wait for', () => {
  expect(linesWith(0).at(-1)).toBe('hub ready at http://127.0.0.1:4000');
});

test('a first start says what was loaded, a later one does not', () => {
  expect(linesWith(42).slice(1, 3)).toEqual([
    '交易系统 1 个，契约 board、construction，首次导入记录 42 条。',
    '1 trading systems, contracts board, construction, 42 records loaded for the first start.',
  ]);
  expect(linesWith(0).slice(1, 3)).toEqual([
    '交易系统 1 个，契约 board、construction。',
    '1 trading systems, contracts board, construction.',
  ]);
});

test('the data dictionary is pointed to', () => {
  expect(linesWith(0)[4]).toBe(
    '数据字典 http://127.0.0.1:4000/dictionary：全部数据集、字段、代码表和样例。The data dictionary, with samples, is there too.',
  );
});

test('the registry is pointed to, and the key that operates it', () => {
  expect(linesWith(0)[5]).toBe(
    '系统状况 http://127.0.0.1:4000/systems；登记处 http://127.0.0.1:4001，运维密钥 .hub/operator-key.json。How the systems stand; the registry, and its operator’s key.',
  );
});

test('the exchange is pointed to, and the whole command that asks it', () => {
  expect(linesWith(0)[6]).toBe(
    '数据交换 http://127.0.0.1:4002：逐条取来各系统的记录，进度见 The exchange takes every record; how far it is: bin/hub exchange status --exchange http://127.0.0.1:4002 --key .hub/operator-key.json',
  );
});

test('what is otherwise than expected stands before the addresses', () => {
  expect(linesWith(0, ['! note'])[3]).toBe('! note');
});
