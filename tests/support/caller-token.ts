/**
 * Tokens of test callers.
 * @see design/graph.md «Who sees what»
 */
import { SignJWT } from 'jose';

import type { Level } from './query/law-schema.ts';

/** The secret that gateways under test check tokens with. */
export const tokenSecret = 'a secret that is only used by tests, 32+';

/** @returns A token that grants the level; none for what everybody may see. */
export async function callerToken(level: Level): Promise<string | undefined> {
  if (level === 'PUBLIC') return undefined;
  return new SignJWT({ roles: [level] })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(tokenSecret));
}
