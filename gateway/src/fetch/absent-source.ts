/**
 * A part of the hub that this gateway was not told the address of: what it owns fails by name, and all else is answered. A
 * release of contracts may bring a part that a gateway's settings do not know yet, and must not end the gateway.
 * @see README «Following a registry»
 */
import { HubError } from '@hub/schema';

import type { FetchSource } from './source.ts';

/** @returns A source whose every answer says that the part is not connected. */
export function absentSource(name: string): FetchSource {
  const { message, extensions } = new HubError('SYSTEM_FAILED', {
    zh: `本网关没有接入 ${name}，请联系网关的运维。`,
    en: `This gateway is not connected to ${name}: tell its operators.`,
    system: name,
  });
  const answer = { data: null, errors: [{ message, extensions: { ...extensions, code: 'SYSTEM_FAILED' } }] } as const;
  return { prepare: () => () => Promise.resolve(answer) };
}
