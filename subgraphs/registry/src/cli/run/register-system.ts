/** `hub system register`: an operator registers what a city's engineer handed in. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { HubError } from '@hub/schema';
import { z } from 'zod';

import { openSession } from '../session.ts';
import { invalid, type RegistryFlags } from '../settings.ts';
import { systemFields, systemRows, systemShape } from '../system-fields.ts';
import { table } from '../print/table.ts';
import { answer, type Terminal } from '../terminal.ts';

const query = `mutation ($input: RegisterInput!) { registerSystem(input: $input) { ${systemFields} } }`;
const shape = z.object({ registerSystem: systemShape });

/** @throws HubError CONFIG_INVALID, FOLDER_UNREADABLE, and as asking the registry does. */
export async function registerSystem(file: string, flags: RegistryFlags, terminal: Terminal): Promise<void> {
  const input = readRegistration(await textOf(resolve(terminal.folder, file)), file);
  const { ask } = await openSession(flags, terminal);
  const { registerSystem: system } = await ask({ query, variables: { input } }, shape);
  const text = [
    `✓ 已登记 ${system.code} ${system.name}；发布之前没有人询问它。  Registered; nobody asks it before it is published.`,
    ...table(systemRows(system)).map((line) => `  ${line}`),
  ];
  answer(terminal, flags.format, { kind: 'registration', json: { system }, text });
}

function readRegistration(text: string, file: string): object {
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    throw invalid(`${file} 不是 JSON。`, `${file} is no JSON.`);
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw invalid(`${file} 应为一个 JSON 对象。`, `${file} must be one JSON object.`);
  if ('key' in input && typeof input.key === 'object' && input.key !== null && 'd' in input.key) {
    throw invalid(
      `${file} 里是私钥（key.d）：没有发送。请让该市另生成一把，只交公钥。`,
      `${file} holds a private key (key.d): nothing was sent. Let the city make another, and hand in its public half alone.`,
    );
  }
  return input;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', { zh: `读不到登记文件 ${path}。`, en: `The registration ${path} cannot be read.`, cause });
  }
}
