/**
 * Who asks: nobody in particular, or the bearer of a signed token whose `roles` say what it may see.
 * @see design/graph.md «Who sees what», RFC 7519, RFC 6750
 */
import { readFile } from 'node:fs/promises';

import { HubError } from '@hub/schema';
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';

import { visibilities, type Visibility } from '../plan/marks.ts';

/** The highest level a caller may see; it includes the lower ones. */
export type Grants = Visibility;

/** Who asks. */
export interface Caller {
  readonly grants: Grants;
  /** No token was sent: the answer is the same for everybody. */
  readonly anonymous: boolean;
  /** What its token calls it: `client`, `azp` or `sub`. */
  readonly client?: string | undefined;
}

/** Where tokens are checked. With neither, every token is refused. */
export interface TokenKeys {
  /** For HS256. */
  readonly tokenSecret?: string | undefined;
  /** File with a JSON Web Key Set, for tokens signed with a private key. */
  readonly jwksFile?: string | undefined;
  /** What `aud` must say; absent: it is not looked at. */
  readonly tokenAudience?: string | undefined;
  /** What `iss` must say; absent: it is not looked at. */
  readonly tokenIssuer?: string | undefined;
}

/** @throws HubError UNAUTHENTICATED when a token is sent that is not valid, or that nothing here can check. */
export type IdentifyCaller = (authorization: string | undefined) => Promise<Caller>;

/** A token that is good for longer could as well have no end: nobody can take it back. */
const longestDays = 366;
const daySeconds = 86_400;
const asymmetric = ['EdDSA', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512'];

/** @throws HubError CONFIG_INVALID when the key file cannot be used. */
export async function openTokenKeys(keys: TokenKeys): Promise<IdentifyCaller> {
  const verify = await openVerifier(keys);
  return async (authorization) => {
    if (authorization === undefined || authorization === '') return { grants: 'PUBLIC', anonymous: true };
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1];
    if (token === undefined) throw refused('Authorization 应为 Bearer 令牌', 'Authorization must be a Bearer token');
    if (verify === undefined) throw refused('本网关未配置令牌密钥', 'this gateway has no key to check tokens with');
    const payload = await verify(token).catch((cause: unknown) => {
      throw notVerified(cause);
    });
    if ((payload.exp ?? 0) > Date.now() / 1000 + longestDays * daySeconds) {
      throw refused(`令牌的到期时间 exp 不得超过 ${longestDays} 天以后`, `«exp» of the token is more than ${longestDays} days ahead`);
    }
    return { grants: grantsOf(payload), anonymous: false, client: clientOf(payload) };
  };
}

async function openVerifier(keys: TokenKeys): Promise<((token: string) => Promise<JWTPayload>) | undefined> {
  const { tokenAudience, tokenIssuer } = keys;
  const claims = {
    clockTolerance: 5,
    requiredClaims: ['exp'],
    ...(tokenAudience === undefined ? {} : { audience: tokenAudience }),
    ...(tokenIssuer === undefined ? {} : { issuer: tokenIssuer }),
  };
  if (keys.jwksFile !== undefined) {
    const keySet = await readKeySet(keys.jwksFile);
    return async (token) => (await jwtVerify(token, keySet, { ...claims, algorithms: asymmetric })).payload;
  }
  if (keys.tokenSecret === undefined) return undefined;
  const secret = new TextEncoder().encode(keys.tokenSecret);
  return async (token) => (await jwtVerify(token, secret, { ...claims, algorithms: ['HS256'] })).payload;
}

async function readKeySet(file: string): Promise<ReturnType<typeof createLocalJWKSet>> {
  try {
    const keySet: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (!isKeySet(keySet)) throw new TypeError('no keys');
    return createLocalJWKSet(keySet);
  } catch (cause) {
    throw new HubError('CONFIG_INVALID', {
      zh: `HUB_JWKS_FILE 无法读取或不是 JSON Web Key Set：${file}。`,
      en: `HUB_JWKS_FILE cannot be read or is no JSON Web Key Set: ${file}.`,
      cause,
    });
  }
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return typeof value === 'object' && value !== null && 'keys' in value && Array.isArray(value.keys);
}

function grantsOf(payload: JWTPayload): Grants {
  const claim = payload['roles'];
  const roles: readonly unknown[] = Array.isArray(claim) ? claim : typeof claim === 'string' ? claim.split(/[\s,]+/) : [];
  return visibilities.findLast((level) => roles.includes(level)) ?? 'PUBLIC';
}

function clientOf(payload: JWTPayload): string | undefined {
  return ['client', 'azp', 'sub']
    .map((claim) => payload[claim])
    .find((name) => typeof name === 'string' && name !== '')
    ?.toString();
}

function notVerified(cause: unknown): HubError {
  if (cause instanceof errors.JWTExpired) return refused('令牌已过期', 'the token has expired', cause);
  if (cause instanceof errors.JWTClaimValidationFailed && cause.claim === 'exp' && cause.reason === 'missing') {
    return refused('令牌缺少到期时间 exp，该项必填', 'the token has no expiry «exp», which is required', cause);
  }
  if (cause instanceof errors.JWTClaimValidationFailed && (cause.claim === 'aud' || cause.claim === 'iss')) {
    const { zh, en } = cause.claim === 'aud' ? { zh: '受众', en: 'audience' } : { zh: '签发者', en: 'issuer' };
    return refused(
      `令牌的${zh} ${cause.claim} 不是本网关要求的`,
      `the ${en} «${cause.claim}» of the token is not the one required here`,
      cause,
    );
  }
  return refused('令牌无效', 'the token is not valid', cause);
}

function refused(zh: string, en: string, cause?: unknown): HubError {
  return new HubError('UNAUTHENTICATED', { zh: `${zh}。`, en: `Refused: ${en}.`, cause });
}
