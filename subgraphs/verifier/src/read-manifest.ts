/**
 * The manifest, line by line: it may be as long as the folder has pages.
 * @see schema/PROTOCOL.md «Proof»
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';

import { type ManifestLine, manifestName, readManifestLine } from '@hub/schema';

import type { FaultSink } from './fault.ts';
import { readLines } from './read-lines.ts';

/** @returns The lines that are of their form; the others are told. */
export async function* manifestLines(folder: string, onFault: FaultSink): AsyncGenerator<ManifestLine> {
  const pieces = createReadStream(join(folder, manifestName));
  for await (const lines of readLines(buffers(pieces))) {
    for (const { bytes, from, ended } of lines) {
      const line = ended ? readManifestLine(bytes.toString('latin1')) : undefined;
      if (line !== undefined) yield line;
      else onFault({ code: 'MANIFEST_LINE', file: manifestName, bytes: { from, to: from + Math.max(0, bytes.length - 1) } });
    }
  }
}

async function* buffers(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece;
}
