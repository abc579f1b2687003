/**
 * Takes a signature apart as a compact JWS, strictly: one algorithm, one form of each part, nothing that asks for more.
 * @see RFC 7515; RFC 8725 3.1; schema/PROTOCOL.md 10
 */

/** What is signed. */
export interface Claims {
  /** Who signs: a system's code, or `gateway`. */
  readonly iss: string;
  /** Who is asked: a system's code, or `registry`. */
  readonly aud: string;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
  /** 128 random bits, base64url. */
  readonly jti: string;
  /** SHA-256 of the body's bytes, base64url. */
  readonly body: string;
}

/** A signature taken apart; nothing of it is proven yet. */
export interface ReadSignature {
  readonly kid: string;
  readonly claims: Claims;
  /** What was signed. */
  readonly text: string;
  readonly bytes: Buffer;
}

/** Ours have some 460 characters. */
const maxLength = 2048;
const form = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;
const name = /^[a-z][a-z0-9-]{0,62}$/;
const heads: ReadonlySet<string> = new Set(['alg', 'kid', 'typ']);

/** @returns undefined for anything that is not of the one form. */
export function readSignature(signature: string): ReadSignature | undefined {
  if (signature.length > maxLength) return undefined;
  const [, head = '', payload = '', last = ''] = form.exec(signature) ?? [];
  const bytes = Buffer.from(last, 'base64url');
  // The last character has spare bits: of its spellings only one is the signature.
  if (bytes.length !== 64 || bytes.toString('base64url') !== last) return undefined;
  const kid = kidIn(parsed(head));
  const claims = claimsIn(parsed(payload));
  return kid === undefined || claims === undefined ? undefined : { kid, claims, text: `${head}.${payload}`, bytes };
}

/** Members that are not known (`crit`, `jwk`, `jku`, `b64` …) would change what a signature means: they are refused. */
function kidIn(head: Record<string, unknown> | undefined): string | undefined {
  if (head === undefined || head['alg'] !== 'EdDSA' || !Object.keys(head).every((member) => heads.has(member))) return undefined;
  const { kid } = head;
  return typeof kid === 'string' && /^[\w-]{43}$/.test(kid) ? kid : undefined;
}

function claimsIn(payload: Record<string, unknown> | undefined): Claims | undefined {
  if (payload === undefined) return undefined;
  const { iss, aud, iat, exp, jti, body } = payload;
  const isWhole = isText(iss, name) && isText(aud, name) && isTime(iat) && isTime(exp) && isText(jti, /^[\w-]{22}$/);
  return isWhole && isText(body, /^[\w-]{43}$/) ? { iss, aud, iat, exp, jti, body } : undefined;
}

function isText(value: unknown, shape: RegExp): value is string {
  return typeof value === 'string' && shape.test(value);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function parsed(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
