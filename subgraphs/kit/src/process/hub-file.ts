/**
 * `hub.json`: what one trading system's folder says of itself, read by every command that works in it.
 * @see README «Settings»; subgraphs/GUIDE.md
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { HubError } from '@hub/schema';
import { z } from 'zod';

/** Its name. */
export const hubFileName = 'hub.json';

const text = z.string().min(1);
const httpUrl = z.url({ protocol: /^https?$/, error: '须为 http 或 https 的网址。An http or https URL.' });

const hubFile = z.strictObject({
  version: z.literal(1),
  system: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,62}$/)
    .describe('系统代码。Code of the system.'),
  contracts: z.array(text).min(1).describe('提供的契约。Contracts it serves.'),
  registry: httpUrl.describe('登记处的地址。Origin of the registry.'),
  exchange: httpUrl.optional().describe('数据交换的地址，靠报送的系统要写。Origin of the exchange, for a system that pushes.'),
  keyFile: text.describe('本系统的私钥，相对本文件。Its private key, relative to this file.'),
  endpoint: httpUrl.optional().describe('省枢纽询问本系统的地址。Where the province’s gateways ask it.'),
  port: z.number().int().min(0).max(65_535).describe('hub serve、hub dev 监听的端口。Port that hub serve and hub dev listen on.'),
  mapping: text.describe('映射文件，相对本文件。The mapping, relative to this file.'),
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/)
    .optional()
    .describe('hub serve 自己的库；不写则自带。The store of hub serve; absent: one of its own.'),
});

/** The document as it is written. */
export type HubDocument = z.output<typeof hubFile>;

/** The document, read: its files are absolute paths. */
export interface HubFile extends HubDocument {
  /** Folder it stands in. */
  readonly folder: string;
}

/**
 * @param start - Folder to look in first.
 * @returns The nearest folder, `start` or above it, that has a `hub.json`; undefined when none has.
 */
export function findHubFolder(start: string): string | undefined {
  const folder = resolve(start);
  if (existsSync(join(folder, hubFileName))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : findHubFolder(above);
}

/**
 * @param folder - That has the file.
 * @throws HubError FOLDER_UNREADABLE when it cannot be read; CONFIG_INVALID naming everything that is wrong in it.
 */
export async function readHubFile(folder: string): Promise<HubFile> {
  const file = join(folder, hubFileName);
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `读不到 ${file}：请在 hub init 建立的目录中运行，或写明该目录。`,
      en: `Cannot read ${file}: run this in a folder that hub init made, or name that folder.`,
      cause,
    });
  });
  const read = hubFile.safeParse(parsed(content));
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => `${path.join('.') || '.'}（${message}）`).join('；');
    throw new HubError('CONFIG_INVALID', { zh: `${file} 不合要求：${faults}。`, en: `${file} is not valid, at: ${faults}.` });
  }
  const { keyFile, mapping, ...rest } = read.data;
  return { ...rest, keyFile: resolve(folder, keyFile), mapping: resolve(folder, mapping), folder };
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
