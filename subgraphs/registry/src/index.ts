/** The registry's door. */
export { type Registry, type RegistryOptions, startRegistry } from './start-registry.ts';
export type { RegisteredSystem } from './store/entities.ts';
export type { GivenKey, KeyRing } from './store/keys.ts';
export type { SeedNotes } from './store/seed.ts';
export type { ContractNotes } from './contracts/seed-contracts.ts';
