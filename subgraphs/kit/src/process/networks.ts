/**
 * Private networks that systems may be in, named by whoever runs the hub: a government extranet has private addresses. Loopback,
 * link-local and shared addresses lie outside every network that can be named; metadata of clouds inside them stays forbidden.
 * @see RFC 1918, RFC 4193; schema/PROTOCOL.md 11
 */
import { BlockList, isIP } from 'node:net';

/** What can be opened: networks inside these, or these whole. */
const privateNetworks = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['fc00::', 7],
] as const;

/** Unique local addresses that clouds answer at; of IPv4 all of them lie outside the private networks. */
const metadata = new BlockList();
for (const address of ['fd00:ec2::23', 'fd00:ec2::123', 'fd00:ec2::253', 'fd00:ec2::254', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe']) {
  metadata.addAddress(address, 'ipv6');
}

/** Whether a text names a network, as `10.64.0.0/10` does, that can be opened to systems. */
export function isPrivateNetwork(cidr: string): boolean {
  const network = partsOf(cidr);
  return (
    network !== undefined &&
    privateNetworks.some(([address, prefix]) => network.prefix >= prefix && within(address, prefix).check(network.address, network.family))
  );
}

/**
 * @param networks - As `isPrivateNetwork` takes them; others open nothing.
 * @returns What tells whether an IP address, without brackets, lies in one of them and is no metadata of a cloud.
 */
export function inNetworks(networks: readonly string[]): (address: string) => boolean {
  const opened = networks.filter(isPrivateNetwork).flatMap((cidr) => partsOf(cidr) ?? []);
  const lists = opened.map(({ address, prefix, family }) => ({ family, list: within(address, prefix) }));
  return (address) => {
    const family = familyOf(address);
    // Of both families a list takes an IPv4 address wrapped into IPv6 for the one inside: here each is asked of its own.
    return (
      family !== undefined &&
      !metadata.check(address, family) &&
      lists.some((one) => one.family === family && one.list.check(address, family))
    );
  };
}

type Family = 'ipv4' | 'ipv6';

function partsOf(cidr: string): { readonly address: string; readonly prefix: number; readonly family: Family } | undefined {
  const [, address = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(cidr) ?? [];
  const family = familyOf(address);
  const prefix = Number(digits);
  return family === undefined || prefix > (family === 'ipv4' ? 32 : 128) ? undefined : { address, prefix, family };
}

/** A zone (`%eth0`) is of this machine's own links; a wrapped IPv4 address is neither. */
function familyOf(address: string): Family | undefined {
  const version = isIP(address);
  if (version === 4) return 'ipv4';
  return version === 6 && !address.includes('%') && !address.includes('.') ? 'ipv6' : undefined;
}

function within(address: string, prefix: number): BlockList {
  const list = new BlockList();
  list.addSubnet(address, prefix, familyOf(address) ?? 'ipv6');
  return list;
}
