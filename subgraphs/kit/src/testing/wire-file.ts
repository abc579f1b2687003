/**
 * Reads a text as a file of records.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type ReadOptions, readWireFile } from '../wire/read-wire-file.ts';
import type { WireEntry } from '../wire/wire-entry.ts';

/** @returns Everything that reading a file of this name and content yields. */
export async function readWireText(content: string | Buffer, name: string, options: ReadOptions = {}): Promise<readonly WireEntry[]> {
  const folder = await mkdtemp(join(tmpdir(), 'wire-'));
  try {
    const path = join(folder, name);
    await writeFile(path, content);
    return await Array.fromAsync(readWireFile(path, options));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns Line and English reason of each problem, line and NAME of each record. */
export async function toldOfWireText(content: string | Buffer, name: string, options: ReadOptions = {}): Promise<(string | number)[][]> {
  const entries = await readWireText(content, name, options);
  return entries.map((entry) => [entry.line, 'problem' in entry ? entry.problem.en : (entry.record.fields['NAME'] ?? '')]);
}
