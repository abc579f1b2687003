/**
 * Who asks: nobody, bearers of good tokens, and everybody who would like to pass for one.
 * @see RFC 7519, RFC 8725 «Threats and Vulnerabilities»
 */
import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose';

import { tokenSecret } from '../../support/caller-token.ts';
import type { Level } from '../../support/query/law-schema.ts';

/** A caller. */
export interface Caller {
  readonly name: string;
  /** The `authorization` header; none for an anonymous caller. */
  readonly authorization: string | undefined;
  /** What it may read; undefined: its token is refused, whatever it asks. */
  readonly level: Level | undefined;
}

type Claims = Readonly<Record<string, unknown>>;

/** How many of the callers are what most callers are. */
export const usualCallers = 3;

/** @returns Every caller, the usual ones first; tokens are good for an hour. */
export async function allCallers(): Promise<readonly Caller[]> {
  const highest = { roles: ['RESTRICTED'] };
  const { privateKey } = await generateKeyPair('RS256');
  const refused = async (name: string, token: Promise<string> | string): Promise<Caller> => ({
    name,
    authorization: `Bearer ${await token}`,
    level: undefined,
  });
  const granted = async (name: string, claims: Claims, level: Level): Promise<Caller> => ({
    name,
    authorization: `Bearer ${await signed(claims)}`,
    level,
  });
  const good = await signed(highest);
  const [head = '', body = '', signature = ''] = good.split('.');
  return [
    { name: 'anonymous', authorization: undefined, level: 'PUBLIC' },
    await granted('government', { roles: ['GOVERNMENT'] }, 'GOVERNMENT'),
    await granted('restricted', highest, 'RESTRICTED'),
    { name: 'an empty header', authorization: '', level: 'PUBLIC' },
    await granted('restricted, in a text', { roles: 'auditor RESTRICTED' }, 'RESTRICTED'),
    await granted('unknown roles', { roles: ['ADMIN', 'root', '*', 'restricted', ' RESTRICTED', 'RESTRICTED '] }, 'PUBLIC'),
    await granted('a role of another shape', { roles: { RESTRICTED: true } }, 'PUBLIC'),
    await granted('a role in a list in a list', { roles: [['RESTRICTED']] }, 'PUBLIC'),
    await granted(
      'roles under other names',
      { role: 'RESTRICTED', Roles: ['RESTRICTED'], scope: 'RESTRICTED', grants: 'RESTRICTED' },
      'PUBLIC',
    ),
    await refused('forged', signed(highest, { secret: `${tokenSecret}!` })),
    await refused('signed with nothing', signed(highest, { secret: '' })),
    await refused('expired', signed(highest, { expires: '1 hour ago' })),
    await refused('never expiring', new SignJWT(highest).setProtectedHeader({ alg: 'HS256' }).sign(keyOf(tokenSecret))),
    await refused(
      'not yet valid',
      new SignJWT(highest).setProtectedHeader({ alg: 'HS256' }).setExpirationTime('2h').setNotBefore('1h').sign(keyOf(tokenSecret)),
    ),
    await refused('of algorithm none', new UnsecuredJWT(highest).setExpirationTime('1h').encode()),
    await refused('of algorithm none, with the signature of a good one', `${base64({ alg: 'none' })}.${body}.${signature}`),
    await refused(
      'of another algorithm',
      new SignJWT(highest).setProtectedHeader({ alg: 'HS512' }).setExpirationTime('1h').sign(keyOf(tokenSecret)),
    ),
    await refused(
      'of a key of its own',
      new SignJWT(highest).setProtectedHeader({ alg: 'RS256' }).setExpirationTime('1h').sign(privateKey),
    ),
    await refused('with a changed body', `${head}.${base64({ roles: ['RESTRICTED'], exp: 4_102_444_800 })}.${signature}`),
    await refused('without a signature', `${head}.${body}.`),
    await refused(
      'with a critical extension',
      new SignJWT(highest)
        .setProtectedHeader({ alg: 'HS256', crit: ['hub'], hub: true })
        .setExpirationTime('1h')
        .sign(keyOf(tokenSecret), { crit: { hub: true } }),
    ),
    await refused('of no form', 'RESTRICTED'),
    { name: 'basic', authorization: `Basic ${Buffer.from('RESTRICTED:RESTRICTED').toString('base64')}`, level: undefined },
    { name: 'a token without a scheme', authorization: good, level: undefined },
    { name: 'two tokens', authorization: `Bearer ${good}, Bearer ${good}`, level: undefined },
  ];
}

/** @returns The caller of this name. @throws RangeError when there is none. */
export function callerNamed(callers: readonly Caller[], name: string): Caller {
  const found = callers.find((caller) => caller.name === name);
  if (found === undefined) throw new RangeError(`no caller ${name}`);
  return found;
}

function signed(
  claims: Claims,
  { secret = tokenSecret, expires = '1h' }: { readonly secret?: string; readonly expires?: string } = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(expires)
    .sign(secret === '' ? new Uint8Array(1) : keyOf(secret));
}

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

function base64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
