/**
 * Reads a mapping file, or refuses it with every fault at once, each with its place.
 * @see subgraphs/bridge/README.md
 */
import { readFile } from 'node:fs/promises';

import { HubError } from '@hub/schema';
import type { z } from 'zod';

import { type Mapping, mapping } from './mapping.ts';

/**
 * @throws HubError FOLDER_UNREADABLE when the file cannot be read; CONFIG_INVALID when it is not JSON or not a mapping.
 */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `读不到映射文件 ${file}，请检查路径与权限。`,
      en: `Cannot read the mapping ${file}: check the path and the permissions.`,
      cause,
    });
  });
  return parseMapping(text, file);
}

/** @param file - What to call it. @returns The mapping a text holds. @throws HubError CONFIG_INVALID. */
export function parseMapping(text: string, file: string): Mapping {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new HubError('CONFIG_INVALID', {
      zh: `映射文件 ${file} 不是合法的 JSON：${reason}。`,
      en: `The mapping ${file} is not JSON: ${reason}.`,
      cause,
    });
  }
  const read = mapping.safeParse(document);
  if (read.success) return read.data;
  const faults = read.error.issues.flatMap(innermost).map(({ path, message }) => `${path.join('.') || '.'}（${message}）`);
  throw new HubError('CONFIG_INVALID', {
    zh: `映射文件 ${file} 有 ${faults.length} 处不合要求：${faults.join('；')}。`,
    en: `The mapping ${file} has ${faults.length} faults, told at their places.`,
    cause: read.error,
  });
}

/** Of a choice between forms, the faults of the form that came nearest. */
function innermost(issue: z.core.$ZodIssue): readonly Pick<z.core.$ZodIssue, 'path' | 'message'>[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const last = issue.errors.at(-1) ?? [];
  return last.flatMap((inner) => innermost({ ...inner, path: [...issue.path, ...inner.path] }));
}
