/**
 * What every process of the hub needs, gateway and subgraphs alike: settings, log, clock, listening, ending, database.
 */
export { readConfig } from './config.ts';
export type { HubConfig, LogLevel } from './config.ts';
export { nearestNames } from './nearest-names.ts';
export { unknownSettingsLine } from './unknown-settings.ts';
export { findHubFolder, hubFileName, readHubFile } from './hub-file.ts';
export type { HubDocument, HubFile } from './hub-file.ts';
export { readExamples } from '../province-examples.ts';
export { openProvinceFolder } from '../province-folder.ts';
export { provinceCodes } from '../system-codes.ts';
export { createLog } from './log.ts';
export type { Log } from './log.ts';
export { instantOf, manualClock, systemClock } from './clock.ts';
export type { Clock, ManualClock } from './clock.ts';
export { createShutdown } from './shutdown.ts';
export type { Shutdown, ShutdownOptions } from './shutdown.ts';
export { listenOn } from './listen.ts';
export { openDatabase } from './database.ts';
export { renewDatabase } from './renew-database.ts';
export { openDataFolder } from './folder-access.ts';
export { databasePlace } from './database-place.ts';
export type { Database, DatabaseChoice } from './database.ts';
export { endStalePostgres } from './stale-postgres.ts';
export { systemUrlFaults } from './system-url.ts';
export type { Reach, UrlFault } from './system-url.ts';
export { AddressForbidden, guardedLookup } from './guarded-lookup.ts';
export type { Resolve } from './guarded-lookup.ts';
export { createSigningKey, privateJwkOf, publicKeyOf, signingKeyOf } from './signing/signing-key.ts';
export type { PrivateJwk, PublicJwk, SigningKey } from './signing/signing-key.ts';
export { openSigningKey, readSigningKey, writePublicKey } from './signing/key-file.ts';
export { createSigner, signatureHeader } from './signing/sign-request.ts';
export type { Signer, SignerOptions } from './signing/sign-request.ts';
export { gatewayIssuer, keysOf, readKeySet, readNamedKeySet } from './signing/trusted-keys.ts';
export type { KeyLookup, NamedKey, TrustedKey } from './signing/trusted-keys.ts';
export { trustKeys, Verifier } from './signing/verify-request.ts';
export type { Examined, RequestVerifier, Trust, VerifierOptions } from './signing/verify-request.ts';
export type { Claims } from './signing/signature-text.ts';
