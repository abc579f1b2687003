/**
 * A command's session with the registry.
 */
import { type CliSettings, linkWith as link, openSession as open, registryDoor, type Session, type Terminal } from '@hub/kit/process';

import type { RegistryFlags } from './settings.ts';

export type { AskControl as AskRegistry, Session } from '@hub/kit/process';

/**
 * @param code - Of the system, when it is given as an argument.
 * @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE.
 */
export function openSession(flags: RegistryFlags, terminal: Terminal, code?: string): Promise<Session> {
  return open(flags, terminal, { door: registryDoor, given: flags.registry, code });
}

/** @returns Who asks with the key of a file. @throws HubError CONFIG_INVALID when it holds none. */
export function linkWith(keyFile: string, settings: CliSettings, terminal: Terminal): Session['ask'] {
  return link(registryDoor, { ...settings, keyFile }, terminal);
}
