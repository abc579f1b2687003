/**
 * Opens a file of records: its bytes, its form and its encoding.
 * @see standard/exchange.md 3
 */
import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';

import { HubError } from '@hub/schema';

import { type Encoding, encodingOf, sampleBytes } from './encoding.ts';

/** What a file's beginning tells of it. */
export interface WireSource {
  readonly form: 'xml' | 'json';
  /** Undefined: an encoding that is not read here. */
  readonly encoding: Encoding | undefined;
}

const forms: ReadonlyMap<string, WireSource['form']> = new Map([
  ['.xml', 'xml'],
  ['.json', 'json'],
  ['.jsonl', 'json'],
  ['.ndjson', 'json'],
]);
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
const lessThan = 0x3c;

/** @throws HubError FOLDER_UNREADABLE when the file cannot be opened. */
export async function openWireFile(path: string): Promise<FileHandle> {
  try {
    return await open(path);
  } catch (cause) {
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `无法打开文件 ${path}，请检查路径与权限。`,
      en: `Cannot open ${path}: check the path and the permissions.`,
      cause,
    });
  }
}

/** @returns Form by name, else by the first byte; encoding by the file's beginning. The handle stays where it was. */
export async function inspectWireFile(path: string, handle: FileHandle): Promise<WireSource> {
  const sample = await readSample(handle);
  const first = sample.find((byte) => !blanks.has(byte));
  const form = forms.get(extname(path).toLowerCase()) ?? (first === lessThan ? 'xml' : 'json');
  return { form, encoding: encodingOf(sample) };
}

/** The first bytes and, where they are all ASCII, those from the first other byte on. */
async function readSample(handle: FileHandle): Promise<Buffer> {
  const head = await readAt(handle, 0);
  if (!isAscii(head)) return head;
  for (let position = head.length; ; position += sampleBytes) {
    const next = await readAt(handle, position);
    if (next.length === 0) return head;
    const place = next.findIndex((byte) => byte >= 0x80);
    if (place >= 0) return Buffer.concat([head, await readAt(handle, position + place)]);
  }
}

async function readAt(handle: FileHandle, position: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, position);
  return buffer.subarray(0, bytesRead);
}

function isAscii(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 0x80);
}
