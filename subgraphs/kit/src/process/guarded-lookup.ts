/**
 * Looks a system's name up at every connect and refuses it when any of its addresses is one it must not have. The addresses that
 * were judged are the ones that are connected to, so that a name that answers otherwise the next moment gains nothing.
 * @see system-url.ts
 */
import { lookup as lookUp, type LookupAddress, type LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';

import { inNetworks } from './networks.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';
import type { Reach } from './system-url.ts';

/** What finds the addresses of a name; the machine's own resolver usually. */
export type Resolve = (
  name: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** A name led to an address that no system may have. */
export class AddressForbidden extends Error {
  readonly code = 'HUB_ADDRESS_FORBIDDEN';

  constructor(name: string, address: string) {
    super(`${name} leads to ${address}, which no system may have`);
    this.name = 'AddressForbidden';
  }
}

/** @returns What `net.connect` looks names up with. It is not asked about addresses: those are judged with the URL. */
export function guardedLookup({ loopback = false, networks = [] }: Reach, resolve: Resolve = lookUp): LookupFunction {
  const opened = inNetworks(networks);
  const allowed = (address: string): boolean => isPublicAddress(address) || (loopback && isLoopbackAddress(address)) || opened(address);
  return (name, options, callback) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const wrong = addresses.find(({ address }) => !allowed(address));
      if (wrong !== undefined) return callback(new AddressForbidden(name, wrong.address), []);
      const [first] = addresses;
      if (first === undefined) return callback(new AddressForbidden(name, 'no address'), []);
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
