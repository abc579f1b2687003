/**
 * Whether a file of messages has an end: what its writer has not finished is left alone, however long it has not grown.
 * @see standard/exchange.md 3
 */
import { type FileHandle, open } from 'node:fs/promises';

const endBytes = 65_536;
const decoders = ['utf-8', 'gb18030'] as const;

/** @returns Whether the last element of an XML file is closed, or the last line of a JSON file is a whole one. */
export async function isComplete(path: string): Promise<boolean> {
  await using file = await open(path);
  const { size } = await file.stat();
  const head = await read(file, 0, Math.min(size, endBytes));
  const tail = await read(file, Math.max(0, size - endBytes), Math.min(size, endBytes));
  // Tags and braces are ASCII in both encodings; other bytes do not matter here.
  const text = tail.toString('latin1');
  if (text.trim() === '') return false;
  const root = /<([A-Za-z_][\w.:-]*)[\s>]/.exec(head.toString('latin1').replaceAll(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, ''))?.[1];
  const firstByte = head
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()[0];
  if (firstByte === '<') return root !== undefined && new RegExp(`</${root}\\s*>\\s*(?:<!--[\\s\\S]*?-->\\s*)*$`).test(text);
  return /\n\s*$/.test(text) || decoders.some((encoding) => isJson(lastLine(tail, encoding)));
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function lastLine(tail: Buffer, encoding: string): string {
  return new TextDecoder(encoding).decode(tail.subarray(tail.lastIndexOf(0x0a) + 1));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
