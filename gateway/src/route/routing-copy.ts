/**
 * The routing table as the registry signed it: believed by the registry's key alone, whether it came over the network or from
 * the copy in the data folder that a gateway starts by when the registry is down.
 * @see schema/PROTOCOL.md 10; design/architecture.md «Past one machine»
 */
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { PublicJwk } from '@hub/kit/process';
import { compactVerify, importJWK } from 'jose';

import { isObject } from '../fetch/reader.ts';
import type { SystemRow } from './table.ts';

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
  readonly systems: readonly SystemRow[];
}

/** Believes tables signed with one of these keys. @throws Error saying why not. */
export async function readRouting(text: string, keys: readonly PublicJwk[]): Promise<SignedRouting> {
  const { payload, protectedHeader } = await compactVerify(
    text,
    async ({ kid }) => {
      const key = keys.find((known) => known.kid === kid);
      if (key === undefined) throw new Error('signed with an unknown key');
      return importJWK({ ...key }, 'EdDSA');
    },
    { algorithms: ['EdDSA'] },
  );
  if (protectedHeader.typ !== 'hub-routing') throw new Error('signed as something else');
  const told: unknown = JSON.parse(new TextDecoder().decode(payload));
  const routing = isObject(told) && told['iss'] === 'registry' ? routingOf(told) : undefined;
  if (routing === undefined) throw new Error('no routing table');
  return { text, ...routing };
}

function routingOf({ position, at, release = 0, supergraph, systems }: Record<string, unknown>): Omit<SignedRouting, 'text'> | undefined {
  if (!Number.isSafeInteger(position) || typeof position !== 'number' || typeof at !== 'number') return undefined;
  if (typeof release !== 'number' || typeof supergraph !== 'string' || !Array.isArray(systems)) return undefined;
  const rows = systems.map(rowOf).filter((row) => row !== undefined);
  return rows.length === systems.length ? { position, atMs: at, release, supergraph, systems: rows } : undefined;
}

function rowOf(row: unknown): SystemRow | undefined {
  if (!isObject(row)) return undefined;
  const { code, name, url, state, contracts } = row;
  if (typeof code !== 'string' || typeof name !== 'string' || typeof url !== 'string') return undefined;
  if (state !== 'published' && state !== 'withdrawn') return undefined;
  const listed = Array.isArray(contracts) ? contracts.filter((contract) => typeof contract === 'string') : undefined;
  return listed === undefined ? undefined : { code, name, url, state, contracts: listed };
}

/** @returns The copy; undefined when there is none. @throws Error when there is one that is not to be believed. */
export async function loadCopy(file: string, keys: readonly PublicJwk[]): Promise<SignedRouting | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  });
  return text === undefined ? undefined : readRouting(text, keys);
}

/** Keeps a copy whole or not at all, even when the machine stops meanwhile. */
export async function saveCopy(file: string, { text }: SignedRouting): Promise<void> {
  const made = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(made, text, { mode: 0o600, flush: true });
    await rename(made, file);
  } finally {
    await rm(made, { force: true });
  }
}
