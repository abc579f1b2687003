/**
 * The gateway's door.
 */
export type { Limits } from './admit/limits.ts';
export type { TokenKeys } from './admit/caller.ts';
export { gatewaySettings } from './config.ts';
export type { GatewayEvent } from './events.ts';
export { startGateway } from './server.ts';
export type { Gateway, GatewayOptions } from './server.ts';
export type { RegistryLink } from './route/follow-registry.ts';
export type { HealthOptions } from './route/health.ts';
export type { SystemRow } from './route/table.ts';
export { serveAsWorker } from './workers/serve-as-worker.ts';
export { superviseWorkers } from './workers/supervise.ts';
