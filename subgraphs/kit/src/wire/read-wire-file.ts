/**
 * Reads records of the standard's wire form from a file of any length: XML messages or JSON lines, UTF-8 or GB18030. What
 * cannot be read is told with its line, and reading goes on with the next message.
 * @see standard/exchange.md 3
 */
import type { FileHandle } from 'node:fs/promises';

import type { WireEntry } from './wire-entry.ts';
import { wireEntries } from './wire-entries.ts';
import { inspectWireFile, noMessage, openWireFile } from './wire-source.ts';

/** How to read. */
export interface ReadOptions {
  /** Greatest length of one message, in characters. Default 16,777,216. */
  readonly maxMessageCharacters?: number;
  /** Told the bytes read so far, now and then. */
  readonly onProgress?: (bytes: number) => void;
}

const defaultMaxCharacters = 16 * 1024 * 1024;

/**
 * @param path - `.xml`, `.jsonl`, `.ndjson` or `.json` (one record a line); other names are told by their first character.
 * @returns Records and problems in the order of the file; of a file that holds neither, one problem that says so.
 * @throws HubError FOLDER_UNREADABLE when the file cannot be opened or is no file.
 */
export async function* readWireFile(path: string, options: ReadOptions = {}): AsyncGenerator<WireEntry> {
  const handle = await openWireFile(path);
  try {
    const source = await inspectWireFile(path, handle);
    if ('problem' in source) {
      yield { line: 1, problem: source.problem, ofFile: true };
      return;
    }
    const { form, encoding } = source;
    const maxCharacters = options.maxMessageCharacters ?? defaultMaxCharacters;
    let empty = true;
    for await (const entry of wireEntries(bytesOf(handle, options.onProgress), { form, encoding, maxCharacters })) {
      empty = false;
      yield entry;
    }
    if (empty) yield { line: 1, problem: noMessage, ofFile: true };
  } finally {
    await handle.close();
  }
}

async function* bytesOf(handle: FileHandle, onProgress: ReadOptions['onProgress']): AsyncGenerator<Buffer> {
  const chunkBytes = 262_144;
  let position = 0;
  for (;;) {
    const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
    onProgress?.(position);
  }
}
