/**
 * What every process of the hub needs, gateway and subgraphs alike: settings, log, clock, listening, ending, database.
 */
export { readConfig } from './config.ts';
export type { HubConfig, LogLevel } from './config.ts';
export { unknownSettingsLine } from './unknown-settings.ts';
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
export { databasePlace } from './database-place.ts';
export type { Database, DatabaseChoice } from './database.ts';
export { endStalePostgres } from './stale-postgres.ts';
