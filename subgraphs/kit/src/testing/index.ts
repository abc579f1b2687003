/**
 * What tests of the kit and of what is built on it need. Never imported by a running hub.
 */
export { openAll } from '../feed/opener.ts';
export { sequence } from '../feed/sequence.ts';
export { stopClock } from './test-clock.ts';
export { migratedFor, migratedForSystems } from './migrated.ts';
export { openTestDatabase } from './test-database.ts';
export type { Prepared, TestDatabase } from './test-database.ts';
export { trustEverybody } from './trust-everybody.ts';
export { fullRecord } from './full-record.ts';
