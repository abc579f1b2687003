/**
 * What the hub's main process and the process of its systems say to each other: one order down, reports up.
 */
import { errorCodes, isErrorCode } from '@hub/schema';
import { z } from 'zod';

/** The order the systems' process waits for. */
export const systemsOrder = z.object({
  databaseUrl: z.string(),
  /** Files of the database that the main process runs; null when somebody else runs it. */
  databaseFolder: z.string().nullable(),
  /** Where the keys of what the hub runs are kept. */
  dataDir: z.string(),
  provinceDir: z.string(),
  /** Port of the registry; 0 takes a free one. */
  registryPort: z.number(),
  /** Port of the exchange; 0 takes a free one. */
  exchangePort: z.number(),
  /** Of an exchange that runs elsewhere; absent: one is started. */
  exchangeUrl: z.string().optional(),
  /** Public keys (JWK) of the national system. */
  nationKeys: z.array(z.unknown()).default([]),
  nationUrl: z.string().optional(),
  /** Development: systems may be on this machine. */
  allowLoopback: z.boolean(),
  /** Private networks that systems may be in. */
  allowNetworks: z.array(z.string()),
  /** Public keys (JWK) of those whose requests are answered: gateways, and with `iss` the exchange of another hub. */
  trustedKeys: z.array(z.unknown()),
  /** Public keys (JWK) of the persons who operate the registry. */
  operatorKeys: z.array(z.object({ name: z.string(), jwk: z.unknown() })).default([]),
  scale: z.number(),
  /** Systems that are filled and listed, but not left running. */
  without: z.array(z.string()),
});

const registered = z.object({
  code: z.string(),
  name: z.string(),
  contracts: z.array(z.string()),
  state: z.enum(['DRAFT', 'PUBLISHED', 'WITHDRAWN']),
});

const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string(),
  use: z.literal('sig'),
  alg: z.literal('EdDSA'),
});

/** Everything listens. */
export const systemsReady = z.object({
  kind: z.literal('ready'),
  registry: z.object({ url: z.string(), origin: z.string(), publicKey }),
  exchange: z.object({ url: z.string(), origin: z.string() }),
  /** Origins on which the hub's own systems listen. */
  own: z.array(z.string()),
  systems: z.array(registered),
  /** What of the province folder the registry did not take, and which of the hub's systems it refused. */
  registryNotes: z.object({
    changed: z.array(z.string()),
    gone: z.array(z.string()),
    unpublished: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })),
    /** The release with this program's contracts, when it is not the one in force. */
    contracts: z.object({ inForce: z.number(), own: z.number().nullable(), waits: z.boolean() }).optional(),
  }),
  loaded: z.number(),
  scales: z.array(z.number()),
});

/** A report of the systems' process. */
export const systemsReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), what: z.string(), done: z.number(), total: z.number() }),
  systemsReady,
  z.object({ kind: z.literal('failed'), code: z.enum(Object.keys(errorCodes).filter(isErrorCode)), zh: z.string(), en: z.string() }),
]);

export type SystemsOrder = z.input<typeof systemsOrder>;
export type SystemsReport = z.output<typeof systemsReport>;
export type SystemsReady = z.output<typeof systemsReady>;
/** How far the data of a first start is. */
export type SystemsProgress = Extract<SystemsReport, { kind: 'progress' }>;

/** Tells the systems' process to drain and end. */
export const stopWord = 'stop';
