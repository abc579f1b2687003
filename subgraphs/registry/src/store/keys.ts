/**
 * The keys the registry believes, held ready for the verifier and read again whenever something changed.
 * @see schema/PROTOCOL.md 10
 */
import { type PublicJwk, publicKeyOf, type TrustedKey } from '@hub/kit/process';

import { type KeyRole, keyEntity, type RegistryKey } from './entities.ts';
import type { RegistryStore } from './open-store.ts';

/** A key that is given at start: the hub's own systems, its operators and gateways. */
export interface GivenKey {
  readonly role: KeyRole;
  readonly issuer: string;
  readonly jwk: PublicJwk;
}

/** The keys in force. */
export interface KeyRing {
  /** For the verifier. @returns undefined for a key that is unknown, revoked, not yet or no longer in force. */
  keyOf(kid: string): TrustedKey | undefined;
  get(kid: string): RegistryKey | undefined;
  /** Reads again what is older than a moment. */
  refresh(): Promise<void>;
  /** What was read is no longer to be trusted. */
  forget(): void;
}

/** A key that was taken back elsewhere is believed no longer than this, even if no word of it came. */
const maxAgeMs = 1000;

/** @returns The ring, empty before its first `refresh`. */
export function openKeyRing({ read, clock }: RegistryStore): KeyRing {
  let keys: ReadonlyMap<string, RegistryKey & TrustedKey> = new Map();
  let readAtMs = -Infinity;
  const inForce = (kid: string): (RegistryKey & TrustedKey) | undefined => {
    const key = keys.get(kid);
    if (key === undefined || key.state !== 'ACTIVE') return undefined;
    const nowMs = clock.nowMs();
    return key.since.getTime() <= nowMs && (key.until === null || nowMs < key.until.getTime()) ? key : undefined;
  };
  return {
    keyOf: inForce,
    get: inForce,
    async refresh() {
      const nowMs = performance.now();
      if (nowMs - readAtMs < maxAgeMs) return;
      const rows = await read((em) => em.find(keyEntity, {}));
      keys = new Map(
        rows.flatMap((row) => {
          // A key never changes under its name, and reading one costs more than reading its row.
          const publicKey = keys.get(row.kid)?.publicKey ?? publicKeyOf(row.jwk)?.publicKey;
          return publicKey === undefined ? [] : [[row.kid, { ...row, publicKey }] as const];
        }),
      );
      readAtMs = nowMs;
    },
    forget: () => void (readAtMs = -Infinity),
  };
}

/** Adds the keys that are not known; one that was revoked stays so. */
export function addGivenKeys(store: RegistryStore, given: readonly GivenKey[]): Promise<void> {
  return store.change(async ({ em, now, tell }) => {
    const known = new Set((await em.find(keyEntity, {})).map(({ kid }) => kid));
    for (const { role, issuer, jwk } of given.filter((key) => !known.has(key.jwk.kid))) {
      const row = { kid: jwk.kid, role, issuer, jwk, contracts: null, since: now, until: null, state: 'ACTIVE' } as const;
      await em.insert(keyEntity, row);
      const system = role === 'SYSTEM' ? issuer : null;
      await tell({ who: 'registry', kid: jwk.kid, what: 'KEY_ADDED', system, detail: { role, issuer }, routing: false });
    }
  });
}
