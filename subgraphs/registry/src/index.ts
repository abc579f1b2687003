/** The registry's door. */
export { type Registry, type RegistryOptions, startRegistry } from './start-registry.ts';
