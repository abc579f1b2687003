/**
 * Which addresses (URLs) a system may be registered with, judged from the text alone; what its name leads to is judged at every
 * connect.
 * @see guarded-lookup.ts; schema/PROTOCOL.md 11; OWASP «Server Side Request Forgery Prevention»
 */
import { isIP } from 'node:net';

import { inNetworks } from './networks.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** How far beyond the public Internet a gateway may reach. Nowhere, unless it is said here. */
export interface Reach {
  /** Development: systems on this machine, over http too. */
  readonly loopback?: boolean;
  /** Private networks that systems may be in too, such as `10.64.0.0/10`; by https, as everywhere. */
  readonly networks?: readonly string[];
  /** Origins that this very start opened for systems of its own, such as `http://127.0.0.1:40001`; these and no others. */
  readonly own?: readonly string[];
}

/** What is wrong with a URL, in both languages. */
export interface UrlFault {
  readonly zh: string;
  readonly en: string;
}

const maxLength = 2048;

/** Names that mean a machine or network of the house. @see RFC 6761, 6762, 8375, 9476; ICANN «.internal» */
const houseNames = /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|onion|alt|test|invalid)$/;

/** @returns Everything that is wrong with it, nothing when a system may have it. */
export function systemUrlFaults(url: string, reach: Reach = {}): readonly UrlFault[] {
  if (url.length > maxLength || !URL.canParse(url)) return [fault('不是完整的网址', 'no complete URL')];
  const parsed = new URL(url);
  const inHouse = isOwn(parsed, reach) || (reach.loopback === true && isLoopbackHost(hostOf(parsed)));
  return [
    ...(parsed.protocol === 'https:' || (inHouse && parsed.protocol === 'http:') ? [] : [fault('须为 https', 'must be https')]),
    ...(hasCredentials(url) ? [fault('不得含用户名或密码', 'must hold no user name or password')] : []),
    ...(url.includes('#') ? [fault('不得含 # 片段', 'must hold no # fragment')] : []),
    ...(inHouse || isWebPort(parsed) ? [] : [fault('端口须为 443 或 1024 以上', 'its port must be 443, or above 1023')]),
    ...(inHouse ? [] : hostFaults(hostOf(parsed), reach)),
    ...(isPlain(url, parsed) ? [] : [fault(`须写成规范形式 ${shown(parsed)}`, `must be written plainly: ${shown(parsed)}`)]),
  ];
}

function hostFaults(host: string, { networks = [] }: Reach): readonly UrlFault[] {
  if (isIP(host) !== 0) {
    return isPublicAddress(host) || inNetworks(networks)(host)
      ? []
      : [fault(`${host} 不是公网地址`, `${host} is no address of the public Internet`)];
  }
  if (!host.includes('.') || houseNames.test(host) || host.endsWith('.')) {
    return [fault(`${host} 不是公网域名`, `${host} is no name of the public Internet`)];
  }
  return [];
}

/** What the text means must be what it says: no other spelling of a host, number, port or path, and ASCII alone. */
function isPlain(url: string, { href, pathname, search }: URL): boolean {
  return url === href || (pathname === '/' && search === '' && `${url}/` === href);
}

/** `https://@host` has them too, empty. */
function hasCredentials(url: string): boolean {
  return /^[^/]*\/\/[^/?#]*@/.test(url.replaceAll('\\', '/'));
}

function isWebPort({ port }: URL): boolean {
  return port === '' || Number(port) > 1023;
}

function isOwn({ origin }: URL, { own = [] }: Reach): boolean {
  return own.includes(origin);
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopbackAddress(host);
}

/** Without the brackets of IPv6. */
function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** Without what must not be repeated. */
function shown({ protocol, host, pathname, search }: URL): string {
  return `${protocol}//${host}${pathname}${search}`;
}

function fault(zh: string, en: string): UrlFault {
  return { zh, en };
}
