/**
 * A system's own folder, as `hub init` made it and its engineer completed it.
 * @see subgraphs/GUIDE.md
 */
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { readRegistration, type Registration, systemRowOf } from '@hub/bridge';
import { systemSdl } from '@hub/kit';
import { findHubFolder, type HubFile, hubFileName, readHubFile } from '@hub/kit/process';
import { HubError, type Province, type SystemRow } from '@hub/schema';

import { callerFolder } from './caller-folder.ts';

/** The folder, read. */
export interface SystemFolder {
  readonly settings: HubFile;
  readonly registration: Registration;
  readonly row: SystemRow;
}

/** Where the served SDL is kept for whoever publishes it. */
const sdlFile = 'schema.graphql';

/**
 * @param given - Folder; undefined: the nearest with a `hub.json`, from where the command was called upwards.
 * @throws HubError FOLDER_UNREADABLE, CONFIG_INVALID.
 */
export async function openSystemFolder(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SystemFolder> {
  const here = callerFolder(env);
  const settings = await readHubFile(given === undefined ? (findHubFolder(here) ?? here) : resolve(here, given));
  const registration = await readRegistration(settings.folder);
  if (registration.code !== settings.system) {
    throw new HubError('CONFIG_INVALID', {
      zh: `registration.json 的 code 是 ${registration.code}，${hubFileName} 的 system 却是 ${settings.system}：请改为一致。`,
      en: `The code of registration.json is ${registration.code}, the system of ${hubFileName} is ${settings.system}: make them the same.`,
    });
  }
  return { settings, registration, row: { ...systemRowOf(registration), contracts: settings.contracts } };
}

/** @returns The province with this system as its only one. */
export function provinceOf(province: Province, row: SystemRow): Province {
  return { ...province, systems: [row] };
}

/** Writes what the system serves beside its settings. @returns The text. */
export async function writeSdl({ settings: { folder, contracts } }: SystemFolder): Promise<string> {
  const sdl = systemSdl(contracts);
  await writeFile(join(folder, sdlFile), sdl);
  return sdl;
}
