/**
 * The routing table as the registry signed it, believed by the registry's key alone: for all that ask the systems it names.
 * @see schema/PROTOCOL.md 12; RFC 7515
 */
import { verify } from 'node:crypto';

import { type PublicJwk, publicKeyOf } from '../signing/signing-key.ts';

/** A system as it is routed to. */
export interface RoutedRow {
  readonly code: string;
  readonly name: string;
  readonly url: string;
  readonly state: 'published' | 'withdrawn';
  readonly contracts: readonly string[];
}

/** A table that was believed. */
export interface SignedRouting {
  /** As it was signed: a compact JWS. */
  readonly text: string;
  /** Of the last change of routing; dense in the registry's history. */
  readonly position: number;
  /** When it was signed, ms. */
  readonly atMs: number;
  /** Number of the release of contracts in force. */
  readonly release: number;
  /** SHA-256, hex, of its supergraph. */
  readonly supergraph: string;
  readonly systems: readonly RoutedRow[];
}

const form = /^([\w-]+)\.([\w-]+)\.([\w-]{86})$/;

/** Believes tables signed with one of these keys. @throws Error saying why not. */
export function readSignedRouting(text: string, keys: readonly PublicJwk[]): SignedRouting {
  const [, head = '', payload = '', signature = ''] = form.exec(text) ?? [];
  const { alg, kid, typ, crit } = decoded(head);
  if (alg !== 'EdDSA' || crit !== undefined) throw new Error('no EdDSA signature');
  const key = keys.find((known) => known.kid === kid);
  const publicKey = key === undefined ? undefined : publicKeyOf(key)?.publicKey;
  if (publicKey === undefined) throw new Error('signed with an unknown key');
  const holds = verify(null, Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, 'base64url'));
  if (!holds) throw new Error('signature verification failed');
  if (typ !== 'hub-routing') throw new Error('signed as something else');
  const told = decoded(payload);
  const routing = told['iss'] === 'registry' ? routingOf(told) : undefined;
  if (routing === undefined) throw new Error('no routing table');
  return { text, ...routing };
}

function decoded(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isObject(value) ? value : {};
  } catch {
    // Nothing it says is known: refused by what is missing.
    return {};
  }
}

function routingOf({ position, at, release = 0, supergraph, systems }: Record<string, unknown>): Omit<SignedRouting, 'text'> | undefined {
  if (!Number.isSafeInteger(position) || typeof position !== 'number' || typeof at !== 'number') return undefined;
  if (typeof release !== 'number' || typeof supergraph !== 'string' || !Array.isArray(systems)) return undefined;
  const rows = systems.map(rowOf).filter((row) => row !== undefined);
  return rows.length === systems.length ? { position, atMs: at, release, supergraph, systems: rows } : undefined;
}

function rowOf(row: unknown): RoutedRow | undefined {
  if (!isObject(row)) return undefined;
  const { code, name, url, state, contracts } = row;
  if (typeof code !== 'string' || typeof name !== 'string' || typeof url !== 'string') return undefined;
  if (state !== 'published' && state !== 'withdrawn') return undefined;
  const listed = Array.isArray(contracts) ? contracts.filter((contract) => typeof contract === 'string') : undefined;
  return listed === undefined ? undefined : { code, name, url, state, contracts: listed };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
