/**
 * Only addresses of the public Internet are public. @see IANA IPv4 and IPv6 Special-Purpose Address Registries
 */
import { describe, expect, test } from 'vitest';

import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** Each network's first and last address, and the public ones just outside it. */
const networks4: readonly (readonly [first: string, last: string, ...neighbours: string[]])[] = [
  ['0.0.0.0', '0.255.255.255', '1.0.0.0'],
  ['10.0.0.0', '10.255.255.255', '9.255.255.255', '11.0.0.0'],
  ['100.64.0.0', '100.127.255.255', '100.63.255.255', '100.128.0.0'],
  ['127.0.0.0', '127.255.255.255', '126.255.255.255', '128.0.0.0'],
  ['169.254.0.0', '169.254.255.255', '169.253.255.255', '169.255.0.0'],
  ['172.16.0.0', '172.31.255.255', '172.15.255.255', '172.32.0.0'],
  ['192.0.0.0', '192.0.0.255', '191.255.255.255', '192.0.1.0'],
  ['192.0.2.0', '192.0.2.255', '192.0.1.255', '192.0.3.0'],
  ['192.88.99.0', '192.88.99.255', '192.88.98.255', '192.88.100.0'],
  ['192.168.0.0', '192.168.255.255', '192.167.255.255', '192.169.0.0'],
  ['198.18.0.0', '198.19.255.255', '198.17.255.255', '198.20.0.0'],
  ['198.51.100.0', '198.51.100.255', '198.51.99.255', '198.51.101.0'],
  ['203.0.113.0', '203.0.113.255', '203.0.112.255', '203.0.114.0'],
  ['224.0.0.0', '255.255.255.255', '223.255.255.255'],
  ['168.63.129.16', '168.63.129.16', '168.63.129.15', '168.63.129.17'],
];

test.each(networks4)('%s – %s is not public, its neighbours are', (first, last, ...neighbours) => {
  expect([first, last].map(isPublicAddress)).toEqual([false, false]);
  expect(neighbours.map((address) => [address, isPublicAddress(address)])).toEqual(neighbours.map((address) => [address, true]));
});

describe('IPv6', () => {
  test.each([
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['IPv4-mapped', '::ffff:8.8.8.8'],
    ['IPv4-mapped in hexadecimal', '::ffff:7f00:1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:8.8.8.8'],
    ['NAT64', '64:ff9b::8.8.8.8'],
    ['local NAT64', '64:ff9b:1::1'],
    ['discard', '100::1'],
    ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
    ['benchmarks', '2001:2::1'],
    ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'],
    ['documentation of 2024', '3fff::1'],
    ['6to4 of loopback', '2002:7f00:1::1'],
    ['segment routing', '5f00::1'],
    ['unique local, metadata of a cloud', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['a public one with a zone', '2606:4700::1111%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
  ])('%s is not public: %s', (_what, address) => expect(isPublicAddress(address)).toBe(false));

  test.each(['2606:4700:4700::1111', '2400:3200::1', '2001:4860:4860::8888', '2A00:1450:4001:81B::200E'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

test.each(['', 'localhost', '1.2.3', '0x7f.1', '017700000001', '2130706433', '8.8.8.8:80', '[2606:4700::1]', ' 8.8.8.8'])(
  '«%s» is no address',
  (text) => expect([isPublicAddress(text), isLoopbackAddress(text)]).toEqual([false, false]),
);

test('loopback is 127.0.0.0/8 and ::1, not what wraps them', () => {
  expect(['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1'].map(isLoopbackAddress)).toEqual([true, true, true, true]);
  expect(['126.0.0.1', '10.0.0.1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1'].map(isLoopbackAddress)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});
