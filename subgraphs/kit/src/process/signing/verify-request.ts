/**
 * Believes a request, or refuses it: signed by a trusted key, for this audience, now, over this very body, and for the first
 * time. What can be judged from the header alone is judged before the body is read.
 * @see RFC 7515; RFC 8725; schema/PROTOCOL.md 10
 */
import { hash, verify } from 'node:crypto';

import { HubError } from '@hub/schema';

import { type Clock, systemClock } from '../clock.ts';
import { NonceMemory, usualNonces } from './nonce-memory.ts';
import { type Claims, readSignature } from './signature-text.ts';
import { windowS } from './sign-request.ts';
import type { KeyLookup } from './trusted-keys.ts';

/** A signature that is good for a body still to come. */
export interface Examined {
  /** Name of the key. */
  readonly kid: string;
  readonly claims: Claims;
}

/** Judges the requests to one audience. */
export interface RequestVerifier {
  /** @param signature - The header `hub-signature` as it came. @throws HubError UNAUTHENTICATED */
  examine(signature: string | undefined): Examined;
  /** @throws HubError UNAUTHENTICATED when the body is another, or the request came before. */
  admit(examined: Examined, body: Uint8Array): void;
}

/** Whose requests are answered: a verifier for each system. */
export interface Trust {
  verifierFor(audience: string): RequestVerifier;
}

/** What a verifier is made with. */
export interface VerifierOptions {
  readonly audience: string;
  readonly keyOf: KeyLookup;
  readonly clock?: Clock;
  /** How many requests are remembered at once; beyond it new ones are refused. */
  readonly maxNonces?: number;
}

/** @returns What believes requests signed with these keys, and no other. */
export function trustKeys(keyOf: KeyLookup, clock: Clock = systemClock): Trust {
  return { verifierFor: (audience) => new Verifier({ audience, keyOf, clock }) };
}

/** Judges requests and remembers those that came. One for each audience and process. */
export class Verifier implements RequestVerifier {
  readonly #audience: string;
  readonly #keyOf: KeyLookup;
  readonly #clock: Clock;
  readonly #nonces: NonceMemory;
  /** What was signed before is not known to have come or not. */
  readonly #sinceS: number;

  constructor({ audience, keyOf, clock = systemClock, maxNonces = usualNonces }: VerifierOptions) {
    this.#audience = audience;
    this.#keyOf = keyOf;
    this.#clock = clock;
    this.#nonces = new NonceMemory(maxNonces);
    this.#sinceS = this.#nowS();
  }

  examine(signature: string | undefined): Examined {
    if (signature === undefined) throw refused('请求没有签名（hub-signature）', 'the request is not signed (hub-signature)');
    const read = readSignature(signature);
    if (read === undefined) throw refused('签名不合形式', 'the signature has no proper form');
    const { kid, claims, text, bytes } = read;
    const key = this.#keyOf(kid);
    if (key === undefined) throw refused('签名的密钥不受信任', 'the key of the signature is not trusted');
    if (claims.iss !== key.issuer) throw refused('签名的密钥不属于所称的签名者', 'the key is not that of the signer it names');
    if (claims.aud !== this.#audience) throw refused('请求是签给另一个系统的', 'the request was signed for another system');
    this.#judgeTime(claims);
    if (!verify(null, Buffer.from(text), key.publicKey, bytes)) throw refused('签名不对', 'the signature is wrong');
    return { kid, claims };
  }

  admit({ kid, claims }: Examined, body: Uint8Array): void {
    if (hash('sha256', body, 'base64url') !== claims.body) throw refused('正文与签名不符', 'the body is not the one that was signed');
    const nowS = this.#nowS();
    // A body may take its time.
    if (claims.exp < nowS) throw refused('签名已过期', 'the signature has expired');
    const shown = this.#nonces.show(`${kid}${claims.jti}`, claims.exp, nowS);
    if (shown === 'seen') throw refused('请求已经来过', 'the request came before');
    if (shown === 'full') throw refused('请求过多，暂不受理', 'too many requests at present');
  }

  #judgeTime({ iat, exp }: Claims): void {
    const nowS = this.#nowS();
    if (exp <= iat || exp - iat > windowS) throw refused(`签名的有效期须在 ${windowS} 秒以内`, `a signature holds ${windowS} s at most`);
    if (exp < nowS) throw refused('签名已过期，请核对双方时钟', 'the signature has expired; compare the clocks of both sides');
    if (iat > nowS + windowS)
      throw refused('签名来自未来，请核对双方时钟', 'the signature is of the future; compare the clocks of both sides');
    if (iat < this.#sinceS) throw refused('签名早于本系统的启动', 'the signature is older than the start of this system');
  }

  #nowS(): number {
    return Math.floor(this.#clock.nowMs() / 1000);
  }
}

function refused(zh: string, en: string): HubError {
  return new HubError('UNAUTHENTICATED', { zh: `${zh}。`, en: `${en[0]?.toUpperCase()}${en.slice(1)}.` });
}
