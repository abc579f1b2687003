/**
 * Whom a command asks, with which key, about which system: a flag stands above its variable, and that above the `hub.json` of the folder.
 * @see subgraphs/registry/README.md «命令行 · Command line»
 */
import { basename, resolve } from 'node:path';

import { HubError, isSystemCode } from '@hub/schema';

import { findHubFolder, type HubFile, readHubFile } from '../hub-file.ts';

import { type ControlDoor, originAt } from './control-door.ts';
import type { Format, Terminal } from './terminal.ts';

/** Flags of every command that asks. */
export interface ControlFlags {
  readonly key?: string;
  readonly as?: string;
  readonly system?: string;
  readonly format: Format;
}

/** Settings, resolved. */
export interface CliSettings {
  /** Of whom is asked: scheme, host and port. */
  readonly origin: string;
  /** Undefined: none is set. */
  readonly keyFile: string | undefined;
  /** In whose name it is signed, when that is said; else it is found out. */
  readonly signer: string | undefined;
  /** Code of the system concerned; undefined: none is set. */
  readonly system: string | undefined;
  /** The folder's `hub.json`, when there is one here or above. */
  readonly hub: HubFile | undefined;
}

/** Whom to ask, and where a flag says it is. */
export interface AskedDoor {
  readonly door: ControlDoor;
  readonly given: string | undefined;
  /** Code of the system, given as an argument, the same as `--system`. */
  readonly code?: string | undefined;
}

/** @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE. */
export async function resolveSettings(
  flags: ControlFlags,
  { env, folder }: Terminal,
  { door, given: address, code }: AskedDoor,
): Promise<CliSettings> {
  const home = findHubFolder(folder);
  const hub = home === undefined ? undefined : await readHubFile(home);
  const variable = (name: string): string | undefined => env[name] || undefined;
  if (code !== undefined && flags.system !== undefined && code !== flags.system) {
    throw invalid(`系统写了两个：${code} 与 --system ${flags.system}。`, `Two systems are given: ${code} and --system ${flags.system}.`);
  }
  const given = flags.key ?? variable('HUB_KEY_FILE');
  return {
    origin: originAt(door, address ?? variable(door.variable) ?? hub?.[door.member] ?? door.usualOrigin),
    keyFile: given === undefined ? hub?.keyFile : resolve(folder, given),
    // The folder's own key is its system's, whatever system the command is about.
    signer: flags.as ?? (given === undefined ? hub?.system : undefined),
    system: checkedCode(code ?? flags.system ?? variable('HUB_SYSTEM') ?? hub?.system),
    hub,
  };
}

/** @throws HubError CONFIG_INVALID when no system is set. */
export function systemOf({ system }: CliSettings): string {
  if (system !== undefined) return system;
  throw invalid(
    '不知是哪个系统：请写明代码，或设 HUB_SYSTEM，或在有 hub.json 的目录里运行。',
    'Which system? Give its code, set HUB_SYSTEM, or run this in a folder with hub.json.',
  );
}

/** @returns A path as somebody in the caller's folder would write it: the name alone when it lies there. */
export function shownPath(file: string, { folder }: Terminal): string {
  return resolve(folder, basename(file)) === file ? basename(file) : file;
}

function checkedCode(code: string | undefined): string | undefined {
  if (code === undefined || isSystemCode(code)) return code;
  throw invalid(`${code} 不是系统代码：小写字母开头，只含小写字母、数字、连字符。`, `${code} is no code of a system.`);
}

/** @returns A HubError CONFIG_INVALID: the command line or its settings are wrong. */
export function invalid(zh: string, en: string): HubError {
  return new HubError('CONFIG_INVALID', { zh, en });
}
