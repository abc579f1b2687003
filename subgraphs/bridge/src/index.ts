/** The bridge's door: publishes a system that has no GraphQL, by a mapping kept as data. */
export { checkBridge } from './check/check-bridge.ts';
export { type CheckFinding, checkCodes } from './check/check-finding.ts';
export type { CheckOptions } from './check/check-options.ts';
export type { EntryCheck } from './check/entry-check.ts';
export { type Initialised, type InitOptions, initSystem } from './init/init-system.ts';
export { type Registration, readRegistration, systemRowOf } from './init/registration.ts';
export { type Mapping, mappingJsonSchema } from './mapping/mapping.ts';
export { parseMapping, readMapping } from './mapping/read-mapping.ts';
export type { Bridge } from './run/bridge.ts';
export type { BridgeCount, RowFinding } from './run/count.ts';
export { type RunOptions, runBridge } from './run/run-bridge.ts';
export { type FollowOptions, followSource } from './run/follow-source.ts';
