/** The registry's door. */
export { type Registry, type RegistryOptions, startRegistry } from './start-registry.ts';
export type { RegisteredSystem } from './system-table.ts';
