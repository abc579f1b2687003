/**
 * A stored page as bytes: which of them are not those of the manifest, and what they unpack to.
 * @see schema/PROTOCOL.md «Proof»
 */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { blockBytes, blockMark, markBytes, type PageLine } from '@hub/schema';

import type { FaultSink } from './fault.ts';

/** @returns Whether there is a file at the path. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Missing, or not ours to read: both are told as a file that is not there.
    return false;
  }
}

/** Compares a stored file with its blocks, and tells every range of bytes that differs. */
export async function checkBlocks(path: string, { file, bytes, blocks }: PageLine, onFault: FaultSink): Promise<void> {
  await using stored = await open(path);
  const { size } = await stored.stat();
  const block = Buffer.alloc(blockBytes);
  const name = `pages/${file}`;
  let wrong: { from: number; to: number } | undefined;
  for (let at = 0, from = 0; from < Math.max(size, bytes); at++, from += blockBytes) {
    const { bytesRead } = await stored.read(block, 0, blockBytes, from);
    const holds = blockMark(block.subarray(0, bytesRead)) === blocks.slice(at * markBytes * 2, (at + 1) * markBytes * 2);
    const to = Math.min(from + blockBytes, Math.max(size, bytes)) - 1;
    if (!holds) wrong = { from: wrong?.from ?? from, to };
    if (wrong !== undefined && (holds || to + 1 >= Math.max(size, bytes))) {
      onFault({ code: 'BYTES_CHANGED', file: name, bytes: wrong });
      wrong = undefined;
    }
  }
  const expected = Math.ceil(bytes / blockBytes) * markBytes * 2;
  if (size !== bytes || blocks.length !== expected) {
    const [from, to] = [Math.min(size, bytes), Math.max(size, bytes)];
    onFault({ code: 'BYTES_CHANGED', file: name, bytes: { from, to: Math.max(from, to - 1) } });
  }
}

/** @returns The bytes of a page as its lines, unpacked where its name says it is packed. Throws where it cannot be unpacked. */
export async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const stored = createReadStream(path, { highWaterMark: blockBytes });
  if (!path.endsWith('.gz')) {
    yield* buffers(stored);
    return;
  }
  const gunzip = createGunzip({ chunkSize: blockBytes });
  const ended = pipeline(stored, gunzip);
  // Told by the reading as well; without this the process would end.
  ended.catch(() => {});
  yield* buffers(gunzip);
  await ended;
}

async function* buffers(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const piece of stream) if (Buffer.isBuffer(piece)) yield piece;
}
