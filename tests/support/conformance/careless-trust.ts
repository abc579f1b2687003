/**
 * The kit's own judgement of signatures, and the same with one thing left out each: systems that are careless with requests.
 * @see schema/PROTOCOL.md 10
 */
import { createHash, randomBytes } from 'node:crypto';

import {
  type Claims,
  type Examined,
  gatewayIssuer,
  type KeyLookup,
  keysOf,
  type RequestVerifier,
  type Trust,
  Verifier,
  type VerifierOptions,
} from '@hub/kit/process';
import { trustEverybody } from '@hub/kit/testing';

import { gatewayKey, gatewayTrust } from '../gateway-key.ts';
import { isObject } from '../parse-json.ts';

/** A trust that can be changed while systems run. */
export interface SwitchedTrust {
  readonly trust: Trust;
  readonly use: (trust: Trust) => void;
}

/** @returns Real trust, until another is used. */
export function switchedTrust(): SwitchedTrust {
  let now = gatewayTrust;
  const verifierFor = (audience: string): RequestVerifier => {
    const verifiers = new Map([[now, now.verifierFor(audience)]]);
    const verifier = (): RequestVerifier => {
      const known = verifiers.get(now) ?? now.verifierFor(audience);
      verifiers.set(now, known);
      return known;
    };
    return { examine: (signature) => verifier().examine(signature), admit: (examined, body) => verifier().admit(examined, body) };
  };
  return { trust: { verifierFor }, use: (trust) => void (now = trust) };
}

const keyOf = keysOf([gatewayKey.publicJwk], gatewayIssuer);

/** What is not looked at, and the judgement without it. */
export const careless = {
  'no signature': trustEverybody,
  body: admitting((examined, body) => ({ ...examined.claims, body: createHash('sha256').update(body).digest('base64url') })),
  replays: admitting(({ claims }) => ({ ...claims, jti: randomBytes(16).toString('base64url') })),
  audience: examining(({ aud }) => verifierOf({ audience: String(aud), keyOf })),
  time: examining(({ iat }, audience) => verifierOf({ audience, keyOf, nowMs: () => Number(iat) * 1000 })),
  signer: asGateway(examining(({ iss }, audience) => verifierOf({ audience, keyOf: named(String(iss)) }))),
} as const satisfies Readonly<Record<string, Trust>>;

/** Admits what is right in the claims as they are changed. */
function admitting(change: (examined: Examined, body: Uint8Array) => Claims): Trust {
  return {
    verifierFor(audience) {
      const real = verifierOf({ audience, keyOf });
      return {
        examine: (signature) => real.examine(signature),
        admit: (examined, body) => real.admit({ ...examined, claims: change(examined, body) }, body),
      };
    },
  };
}

/** Judges each by a verifier of its own, made as the claims wish; what was admitted is remembered as always. */
function examining(make: (claims: Readonly<Record<string, unknown>>, audience: string) => RequestVerifier): Trust {
  return {
    verifierFor(audience) {
      const memory = new Map<string, RequestVerifier>();
      return {
        examine: (signature) => make(claimsIn(signature), audience).examine(signature),
        admit(examined, body) {
          const { jti } = examined.claims;
          const verifier = memory.get(jti) ?? make({ ...examined.claims }, audience);
          memory.set(jti, verifier);
          verifier.admit(examined, body);
        },
      };
    },
  };
}

/** One that was there before every request. */
function verifierOf({
  nowMs = Date.now,
  ...rest
}: Pick<VerifierOptions, 'audience' | 'keyOf'> & { readonly nowMs?: () => number }): Verifier {
  let began = false;
  const verifier = new Verifier({ ...rest, clock: { nowMs: () => (began ? nowMs() : 0) } });
  began = true;
  return verifier;
}

/** Whoever signed is taken for a gateway. */
function asGateway(trust: Trust): Trust {
  return {
    verifierFor(audience) {
      const verifier = trust.verifierFor(audience);
      return {
        examine: (signature) => ofGateway(verifier.examine(signature)),
        admit: (examined, body) => verifier.admit(examined, body),
      };
    },
  };
}

function ofGateway({ kid, claims }: Examined): Examined {
  return { kid, claims: { ...claims, iss: gatewayIssuer } };
}

function named(issuer: string): KeyLookup {
  return (kid) => {
    const key = keyOf(kid);
    return key === undefined ? undefined : { ...key, issuer };
  };
}

function claimsIn(signature = ''): Readonly<Record<string, unknown>> {
  const text = Buffer.from(signature.split('.')[1] ?? '', 'base64url').toString();
  const claims: unknown = text.startsWith('{') ? JSON.parse(text) : undefined;
  return isObject(claims) ? claims : {};
}
