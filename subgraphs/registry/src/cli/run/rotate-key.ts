/** `hub system rotate-key`: a new key for the system, registered with an overlap, then put in the place of the old one. */
import { HubError } from '@hub/schema';
import { z } from 'zod';

import type { AskRegistry } from '../session.ts';
import { table } from '../print/table.ts';
import { moment } from '../print/words.ts';
import { isInterrupted, nextFile, openNextKey, putInPlace } from '../rotation-files.ts';
import { linkWith, openSession } from '../session.ts';
import { invalid, type RegistryFlags, systemOf } from '../settings.ts';
import { answer, type Terminal } from '../terminal.ts';

/** Flags of `rotate-key`. */
export interface RotateFlags extends RegistryFlags {
  readonly overlapHours: number;
}

const callerShape = z.object({ whoami: z.object({ name: z.string(), role: z.string(), kid: z.string() }) });
const callerQuery = '{ whoami { name role kid } }';
const keysShape = z.object({
  keys: z.array(z.object({ kid: z.string(), since: z.string(), until: z.string().nullable(), valid: z.boolean() })),
});
const keysQuery = 'query ($system: String!) { keys(system: $system) { kid since until valid } }';
const rotateQuery = `mutation ($system: String!, $key: PublicKeyInput!, $overlapHours: Int!) {
  rotateKey(system: $system, key: $key, overlapHours: $overlapHours) { kid } }`;
const rotateShape = z.object({ rotateKey: z.object({ kid: z.string() }) });

/** Run again after it broke off, it goes on. @throws HubError CONFIG_INVALID for a key that is not the system's own. */
export async function rotateKey(code: string | undefined, flags: RotateFlags, terminal: Terminal): Promise<void> {
  const { ask, settings } = await openSession(flags, terminal, code);
  const { keyFile } = settings;
  const system = systemOf(settings);
  const goesOn = isInterrupted(keyFile);
  if (!goesOn) await assertOwn(ask, system);
  const next = openNextKey(keyFile);
  const asNext = linkWith(nextFile(keyFile), { ...settings, signer: system }, terminal);
  if (goesOn) terminal.say(`… 接着做上次中断的换钥  Going on with a rotation that broke off (${nextFile(keyFile)})`);
  if (!(goesOn && (await isBelieved(asNext)))) {
    await ask({ query: rotateQuery, variables: { system, key: next.publicJwk, overlapHours: flags.overlapHours } }, rotateShape);
  }
  const previous = putInPlace(keyFile);
  const { keys } = await asNext({ query: keysQuery, variables: { system } }, keysShape);
  const rows = keys.filter(({ valid }) => valid).map(({ kid, since, until }) => [kid, moment(since), moment(until)]);
  const text = [
    `✓ ${system} 已换钥：新钥 ${next.kid} 在 ${keyFile}，旧钥在 ${previous}。  The new key is in place, the old one kept.`,
    ...table([['有效的密钥 valid keys', '自 since', '至 until'], ...rows]).map((line) => `  ${line}`),
  ];
  answer(terminal, flags.format, { kind: 'key', json: { system, kid: next.kid, keyFile, previousFile: previous, keys }, text });
}

async function assertOwn(ask: AskRegistry, system: string): Promise<void> {
  const { whoami } = await ask({ query: callerQuery }, callerShape);
  if (whoami.role === 'SYSTEM' && whoami.name === system) return;
  throw invalid(
    `这把密钥是 ${whoami.name} 的，不是 ${system} 自己的：换钥会替换密钥文件，请用该系统的密钥。`,
    `This key is that of ${whoami.name}, not ${system}’s own: a rotation replaces the key file. Use the system’s key.`,
  );
}

async function isBelieved(asNext: AskRegistry): Promise<boolean> {
  try {
    await asNext({ query: callerQuery }, callerShape);
    return true;
  } catch (cause) {
    if (cause instanceof HubError && cause.code === 'UNAUTHENTICATED') return false;
    throw cause;
  }
}
