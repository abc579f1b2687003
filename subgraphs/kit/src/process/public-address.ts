/**
 * Which network addresses a system may have: those of the public Internet that a single machine can have. Whoever registers a
 * system names its address, and must not make the gateway ask machines inside the house.
 * @see IANA IPv4 and IPv6 Special-Purpose Address Registries; RFC 6890
 */
import { BlockList, isIP } from 'node:net';

/** Not public, or not one machine; each with its reason. */
const special4: readonly (readonly [network: string, prefix: number, what: string])[] = [
  ['0.0.0.0', 8, 'this network'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared by carriers; metadata of a cloud'],
  ['127.0.0.0', 8, 'loopback'],
  ['168.63.129.16', 32, 'metadata of a cloud, though the address is public'],
  ['169.254.0.0', 16, 'link-local, metadata of most clouds'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'protocol assignments; metadata of a cloud'],
  ['192.0.2.0', 24, 'documentation'],
  ['192.31.196.0', 24, 'AS112'],
  ['192.52.193.0', 24, 'AMT'],
  ['192.88.99.0', 24, '6to4 relays'],
  ['192.168.0.0', 16, 'private'],
  ['192.175.48.0', 24, 'AS112'],
  ['198.18.0.0', 15, 'benchmarks'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved, broadcast'],
];

/** Global unicast is 2000::/3, less these; mapped, NAT64, unique local, link-local and multicast addresses are outside it. */
const special6: readonly (readonly [network: string, prefix: number, what: string])[] = [
  ['2001::', 23, 'protocol assignments, Teredo, ORCHID, benchmarks'],
  ['2001:db8::', 32, 'documentation'],
  ['2002::', 16, '6to4, which wraps any IPv4 address'],
  ['2620:4f:8000::', 48, 'AS112'],
  ['3fff::', 20, 'documentation'],
];

const blocked = new BlockList();
for (const [network, prefix] of special4) blocked.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of special6) blocked.addSubnet(network, prefix, 'ipv6');

const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** @param address - An IP address, without brackets. @returns Whether it is one of the public Internet. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !blocked.check(address, 'ipv4');
  // A zone (`%eth0`) is of this machine's own links.
  return version === 6 && !address.includes('%') && global6.check(address, 'ipv6') && !blocked.check(address, 'ipv6');
}

/** @returns Whether it is this machine itself, 127.0.0.0/8 or ::1; an IPv4 address wrapped into IPv6 is not. */
export function isLoopbackAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return loopback.check(address, 'ipv4');
  return version === 6 && !address.toLowerCase().includes('::ffff:') && loopback.check(address, 'ipv6');
}
