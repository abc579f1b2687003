/**
 * The registry's tables: who publishes what, with which keys, in which versions, how it was checked, and what happened.
 * @see design/architecture.md «Words»; README «Decisions»
 */
import type { PublicJwk } from '@hub/kit/process';
import { EntitySchema } from '@mikro-orm/postgresql';

import type { Finding } from '../checks/finding.ts';

/** Where a system stands: registered and never published; asked by gateways; left, its code never given to another. */
export type SystemState = 'DRAFT' | 'PUBLISHED' | 'WITHDRAWN';

/** One system. */
export interface RegisteredSystem {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly owner: string;
  readonly ownerCode: string | null;
  readonly region: string;
  readonly platformCodes: readonly string[];
  readonly contracts: readonly string[];
  readonly state: SystemState;
  /** ISO 8601 with zone. */
  readonly registeredAt: string;
  /** Regions whose deals it declares to hold; empty: not declared. */
  readonly coverageRegions: readonly string[];
  /** The first day it declares to hold them from, `YYYY-MM-DD`. */
  readonly coverageFrom: string | null;
  /** Where gateways reach it; null until it published one. */
  readonly endpoint: string | null;
  /** Number of the version in force; null until it published one. */
  readonly version: number | null;
  /** Digest of the province folder's row it was made from; null: it did not come from there. */
  readonly seed: string | null;
}

/** Whom a key speaks for. */
export type KeyRole = 'SYSTEM' | 'OPERATOR' | 'GATEWAY';

/** A key the registry knows. */
export interface RegistryKey {
  /** Thumbprint of the key: a key stands for one name, once and for ever. */
  readonly kid: string;
  readonly role: KeyRole;
  /** System code, or the name of an operator or gateway. */
  readonly issuer: string;
  readonly jwk: PublicJwk;
  /** Contracts it may serve; null: all that its system does. */
  readonly contracts: readonly string[] | null;
  readonly since: Date;
  /** Null: until further notice. */
  readonly until: Date | null;
  readonly state: 'ACTIVE' | 'REVOKED';
}

/** A text of SDL, once, however many systems serve it. */
export interface StoredSdl {
  readonly sha256: string;
  readonly text: string;
}

/** What a system published. */
export interface SchemaVersion {
  readonly system: string;
  /** From 1 on, per system, without gaps. */
  readonly number: number;
  readonly sha256: string;
  readonly contracts: readonly string[];
  readonly submittedAt: Date;
  readonly kid: string;
}

/** What the checks said of one text. */
export interface SchemaCheck {
  readonly id?: number;
  readonly system: string;
  readonly sha256: string;
  readonly contracts: readonly string[];
  readonly passed: boolean;
  readonly findings: readonly Finding[];
  readonly durationMs: number;
  readonly checkedAt: Date;
  readonly kid: string;
}

/** One line of the history; positions are dense, lines are never changed. */
export interface HistoryEvent {
  readonly position: number;
  readonly at: Date;
  readonly who: string;
  readonly kid: string | null;
  readonly what: HistoryKind;
  readonly system: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Whether gateways route otherwise since. */
  readonly routing: boolean;
}

/** What can happen. */
export type HistoryKind =
  | 'SEEDED'
  | 'REGISTERED'
  | 'PUBLISHED'
  | 'WITHDRAWN'
  | 'REPUBLISHED'
  | 'ROLLED_BACK'
  | 'KEY_ADDED'
  | 'KEY_ROTATED'
  | 'KEY_REVOKED'
  | 'KEY_ALLOWED'
  | 'CONTRACTS_SEEDED'
  | 'CONTRACTS_PROPOSED'
  | 'CONTRACTS_IN_FORCE'
  | 'CONTRACTS_REJECTED'
  | 'CONTRACTS_ROLLED_BACK';

/** What a gateway last saw of a system. */
export interface SystemHealth {
  readonly gateway: string;
  readonly system: string;
  readonly ok: boolean;
  /** TIMEOUT or UNREACHABLE; null when it answers. */
  readonly reason: string | null;
  /** When it last answered; null: not since the gateway started. */
  readonly lastContactAt: Date | null;
  readonly reportedAt: Date;
}

const text = { type: 'text', columnType: 'text' } as const;
const bytes = { ...text, collation: 'C' } as const;
const json = { type: 'json', columnType: 'jsonb' } as const;
const instant = { type: 'datetime', columnType: 'timestamptz(3)' } as const;
const number = { type: 'integer', columnType: 'integer' } as const;
const yesNo = { type: 'boolean', columnType: 'boolean' } as const;
const none = { nullable: true } as const;

export const systemEntity = new EntitySchema<RegisteredSystem>({
  name: 'RegisteredSystem',
  tableName: 'registry_system',
  properties: {
    code: { ...bytes, primary: true },
    name: text,
    nameEn: text,
    owner: text,
    ownerCode: { ...text, ...none },
    region: text,
    platformCodes: json,
    contracts: json,
    state: text,
    registeredAt: text,
    coverageRegions: { ...json, defaultRaw: `'[]'` },
    coverageFrom: { ...text, ...none },
    endpoint: { ...text, ...none },
    version: { ...number, ...none },
    seed: { ...bytes, ...none },
  },
});

export const keyEntity = new EntitySchema<RegistryKey>({
  name: 'RegistryKey',
  tableName: 'registry_key',
  properties: {
    kid: { ...bytes, primary: true },
    role: text,
    issuer: bytes,
    jwk: json,
    contracts: { ...json, ...none },
    since: instant,
    until: { ...instant, ...none },
    state: text,
  },
});

export const sdlEntity = new EntitySchema<StoredSdl>({
  name: 'StoredSdl',
  tableName: 'registry_sdl',
  properties: { sha256: { ...bytes, primary: true }, text },
});

export const versionEntity = new EntitySchema<SchemaVersion>({
  name: 'SchemaVersion',
  tableName: 'registry_version',
  properties: {
    system: { ...bytes, primary: true },
    number: { ...number, primary: true },
    sha256: bytes,
    contracts: json,
    submittedAt: instant,
    kid: bytes,
  },
});

export const checkEntity = new EntitySchema<SchemaCheck>({
  name: 'SchemaCheck',
  tableName: 'registry_check',
  properties: {
    id: { ...number, primary: true, autoincrement: true },
    system: { ...bytes, index: true },
    sha256: bytes,
    contracts: json,
    passed: yesNo,
    findings: json,
    durationMs: number,
    checkedAt: instant,
    kid: bytes,
  },
});

export const historyEntity = new EntitySchema<HistoryEvent>({
  name: 'HistoryEvent',
  tableName: 'registry_history',
  properties: {
    position: { ...number, primary: true },
    at: instant,
    who: bytes,
    kid: { ...bytes, ...none },
    what: text,
    system: { ...bytes, ...none },
    detail: json,
    routing: yesNo,
  },
});

export const healthEntity = new EntitySchema<SystemHealth>({
  name: 'SystemHealth',
  tableName: 'registry_health',
  properties: {
    gateway: { ...bytes, primary: true },
    system: { ...bytes, primary: true },
    ok: yesNo,
    reason: { ...text, ...none },
    lastContactAt: { ...instant, ...none },
    reportedAt: instant,
  },
});
