/**
 * Pages that a proof folder lists already.
 * @see schema/PROTOCOL.md «Proof»
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { manifestName, type PageLine, readManifestLine } from '@hub/schema';

/** @returns The pages by file name; none where there is no manifest. */
export async function readPages(folder: string): Promise<ReadonlyMap<string, PageLine>> {
  const lines = (await manifestOf(folder)).split('\n').map(readManifestLine);
  return new Map(lines.flatMap((line) => (line?.kind === 'page' ? [[line.file, line]] : [])));
}

async function manifestOf(folder: string): Promise<string> {
  try {
    return await readFile(join(folder, manifestName), 'utf8');
  } catch {
    // A new folder.
    return '';
  }
}
