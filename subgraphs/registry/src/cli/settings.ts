/**
 * Which registry, which key, which system: as every command that asks has it.
 * @see README «命令行 · Command line»
 */
import { type CliSettings, type ControlFlags, registryDoor, resolveSettings as resolve, type Terminal } from '@hub/kit/process';

export { type CliSettings, invalid, shownPath, systemOf } from '@hub/kit/process';

/** Flags of every command that asks the registry. */
export interface RegistryFlags extends ControlFlags {
  readonly registry?: string;
}

/**
 * @param code - Given as an argument, the same as `--system`.
 * @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE.
 */
export function resolveSettings(flags: RegistryFlags, terminal: Terminal, code?: string): Promise<CliSettings> {
  return resolve(flags, terminal, { door: registryDoor, given: flags.registry, code });
}
