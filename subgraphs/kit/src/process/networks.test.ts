/**
 * A network can be opened to systems when it is private, and nothing else is opened with it. @see RFC 1918, RFC 4193
 */
import { expect, test } from 'vitest';

import { inNetworks, isPrivateNetwork } from './networks.ts';

test.each(['10.0.0.0/8', '10.64.0.0/10', '172.16.0.0/12', '172.31.255.0/24', '192.168.7.7/32', 'fc00::/7', 'fd12:3456::/32'])(
  '%s can be opened',
  (cidr) => expect(isPrivateNetwork(cidr)).toBe(true),
);

test.each([
  ['everything', '0.0.0.0/0'],
  ['everything in IPv6', '::/0'],
  ['more than the private network', '10.0.0.0/7'],
  ['more than the private network at its end', '172.16.0.0/11'],
  ['loopback', '127.0.0.0/8'],
  ['loopback in IPv6', '::1/128'],
  ['link-local', '169.254.0.0/16'],
  ['metadata', '169.254.169.254/32'],
  ['link-local in IPv6', 'fe80::/10'],
  ['shared by carriers', '100.64.0.0/10'],
  ['a public network', '8.8.8.0/24'],
  ['IPv4 wrapped into IPv6', '::ffff:10.0.0.0/104'],
  ['an address', '10.0.0.1'],
  ['a name', 'extranet/8'],
  ['a prefix too long', '10.0.0.0/33'],
  ['no prefix', '10.0.0.0/'],
  ['a mask', '10.0.0.0/255.0.0.0'],
  ['a zone', 'fd00::%eth0/64'],
])('%s cannot: %s', (_what, cidr) => expect([isPrivateNetwork(cidr), inNetworks([cidr])('10.0.0.1')]).toEqual([false, false]));

test('what is inside is allowed, its neighbours are not', () => {
  const opened = inNetworks(['10.64.0.0/10', 'fd12::/16']);
  const inside = ['10.64.0.0', '10.127.255.255', 'fd12::1', 'FD12:ffff::1'];
  const outside = ['10.63.255.255', '10.128.0.0', 'fd13::1', '192.168.0.1', '127.0.0.1', '::1', '8.8.8.8', 'localhost', ''];
  expect([...inside, ...outside].filter(opened)).toEqual(inside);
});

test('metadata of clouds stays forbidden, as does whatever wraps an address or belongs to a link', () => {
  const opened = inNetworks(['10.0.0.0/8', 'fc00::/7']);
  const forbidden = [
    'fd00:ec2::254',
    'fd00:0ec2:0:0::254',
    'fd20:ce::254',
    '::ffff:10.0.0.1',
    '::ffff:a00:1',
    '64:ff9b::a00:1',
    'fd12::1%eth0',
  ];
  expect(forbidden.filter(opened)).toEqual([]);
});

test('nothing is opened when none is named', () => {
  expect(['10.0.0.1', 'fd12::1'].filter(inNetworks([]))).toEqual([]);
});
