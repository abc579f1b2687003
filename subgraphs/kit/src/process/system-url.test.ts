/**
 * What a system may be registered with, and why what else is refused. @see schema/PROTOCOL.md 11
 */
import { describe, expect, test } from 'vitest';

import { type Reach, systemUrlFaults } from './system-url.ts';

const faults = (url: string, reach?: Reach): readonly string[] => systemUrlFaults(url, reach).map(({ en }) => en);

describe('Allowed', () => {
  test.each([
    'https://trade.gz.gov.cn/graphql',
    'https://trade.gz.gov.cn',
    'https://trade.gz.gov.cn:8443/hub/graphql?v=1',
    'https://xn--fiq64b.xn--fiqs8s/graphql',
    'https://8.8.8.8/graphql',
    'https://[2400:3200::1]/graphql',
  ])('%s', (url) => expect(systemUrlFaults(url)).toEqual([]));
});

describe('Refused, saying all that is wrong', () => {
  test.each([
    ['graphql', ['no complete URL']],
    ['http://trade.example/', ['must be https']],
    [
      'http://u:p@10.0.0.1:22/graphql#x',
      [
        'must be https',
        'must hold no user name or password',
        'must hold no # fragment',
        'its port must be 443, or above 1023',
        '10.0.0.1 is no address of the public Internet',
      ],
    ],
    ['https://0x7f.1/', ['127.0.0.1 is no address of the public Internet', 'must be written plainly: https://127.0.0.1/']],
    ['https://0x08.8.8.8/', ['must be written plainly: https://8.8.8.8/']],
    ['https://政务.中国/graphql', ['must be written plainly: https://xn--zfr164b.xn--fiqs8s/graphql']],
    ['https://Trade.example/', ['must be written plainly: https://trade.example/']],
    ['https://trade.example:443/', ['must be written plainly: https://trade.example/']],
    ['https://trade.example./', ['trade.example. is no name of the public Internet']],
    ['https://hub.internal/', ['hub.internal is no name of the public Internet']],
    ['https://trade/', ['trade is no name of the public Internet']],
  ])('%s', (url, expected) => expect(faults(url)).toEqual(expected));

  test('each in both languages', () => {
    expect(systemUrlFaults('http://trade.example/')).toEqual([{ zh: '须为 https', en: 'must be https' }]);
  });
});

describe('Development', () => {
  const reach = { loopback: true };

  test.each(['http://127.0.0.1:4001/graphql', 'http://localhost:8080/graphql', 'https://[::1]:4001/graphql', 'https://trade.example/'])(
    '%s is allowed',
    (url) => {
      expect(faults(url, reach)).toEqual([]);
    },
  );

  test.each([
    ['http://trade.example/', 'must be https'],
    ['https://10.0.0.1/', '10.0.0.1 is no address of the public Internet'],
    ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1 is no address of the public Internet'],
    ['http://u@localhost/', 'must hold no user name or password'],
  ])('%s is not: loopback alone is opened', (url, why) => expect(faults(url, reach)).toContain(why));
});

describe('A network that is opened', () => {
  const reach = { networks: ['10.64.0.0/10', 'fd12::/16'] };

  test.each(['https://10.64.0.1/graphql', 'https://10.127.255.254:8443/graphql', 'https://[fd12::1]/graphql', 'https://8.8.8.8/'])(
    '%s is allowed',
    (url) => expect(faults(url, reach)).toEqual([]),
  );

  test.each([
    ['http://10.64.0.1/graphql', 'must be https'],
    ['https://10.64.0.1:22/', 'its port must be 443, or above 1023'],
    ['https://10.63.0.1/', '10.63.0.1 is no address of the public Internet'],
    ['https://127.0.0.1/', '127.0.0.1 is no address of the public Internet'],
    ['https://169.254.169.254/', '169.254.169.254 is no address of the public Internet'],
    ['https://[::ffff:a40:1]/', '::ffff:a40:1 is no address of the public Internet'],
    ['https://trade.intranet/', 'trade.intranet is no name of the public Internet'],
  ])('%s is not', (url, why) => expect(faults(url, reach)).toEqual([why]));
});

describe('Systems that a start runs itself', () => {
  const reach = { own: ['http://127.0.0.1:40001'] };

  test('are reached where they listen', () => expect(faults('http://127.0.0.1:40001/graphql', reach)).toEqual([]));

  test.each([
    'http://127.0.0.1:40002/graphql',
    'https://127.0.0.1:40001/graphql',
    'http://localhost:40001/graphql',
    'http://127.0.0.2:40001/graphql',
  ])('%s is not one of them', (url) => expect(faults(url, reach).length).toBeGreaterThan(0));
});
