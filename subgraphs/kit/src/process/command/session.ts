/**
 * A command's session with the registry or the exchange: its settings resolved, its key read, and a question asked in its name.
 */
import { readFileSync } from 'node:fs';

import { readSigningKey } from '../signing/key-file.ts';

import { type AskControl, openLink } from './ask-control.ts';
import type { ControlDoor } from './control-door.ts';
import { type AskedDoor, type CliSettings, type ControlFlags, invalid, resolveSettings } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** What a command asks with. */
export interface Session {
  readonly settings: CliSettings & { readonly keyFile: string };
  readonly ask: AskControl;
}

/** @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE. */
export async function openSession(flags: ControlFlags, terminal: Terminal, asked: AskedDoor): Promise<Session> {
  const settings = await resolveSettings(flags, terminal, asked);
  const { keyFile } = settings;
  if (keyFile === undefined) {
    throw invalid(
      '没有签名的密钥：请用 --key 文件，或设 HUB_KEY_FILE，或在有 hub.json 的目录里运行。',
      'No key to sign with: give --key FILE, set HUB_KEY_FILE, or run this in a folder with hub.json.',
    );
  }
  return { settings: { ...settings, keyFile }, ask: linkWith(asked.door, { ...settings, keyFile }, terminal) };
}

/** @returns Who asks with the key of a file. @throws HubError CONFIG_INVALID when it holds none. */
export function linkWith(door: ControlDoor, { origin, signer, system, keyFile }: Session['settings'], { say }: Terminal): AskControl {
  const key = readSigningKey(keyFile);
  const named = signer ?? nameIn(keyFile);
  const signers: [string, ...string[]] = named !== undefined ? [named] : system === undefined ? [operator] : [system, operator];
  return openLink({ door, origin, key, keyFile, signers, say });
}

const operator = 'operator';

/** The name of the person that an operator's key file carries. */
function nameIn(keyFile: string): string | undefined {
  const whole: unknown = JSON.parse(readFileSync(keyFile, 'utf8'));
  return typeof whole === 'object' && whole !== null && 'name' in whole && typeof whole.name === 'string' ? whole.name : undefined;
}
