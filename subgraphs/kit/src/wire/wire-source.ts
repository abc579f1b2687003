/**
 * Opens a file of records: its bytes, its form and its encoding.
 * @see standard/exchange.md 3
 */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { extname } from 'node:path';

import { HubError } from '@hub/schema';

import { type Encoding, encodingOf, sampleBytes } from './encoding.ts';
import type { Unreadable } from './envelope.ts';
import type { Reason } from './wire-entry.ts';

/** What a file's beginning tells of it. */
export interface WireSource {
  readonly form: 'xml' | 'json';
  readonly encoding: Encoding;
}

const forms: ReadonlyMap<string, WireSource['form']> = new Map([
  ['.xml', 'xml'],
  ['.json', 'json'],
  ['.jsonl', 'json'],
  ['.ndjson', 'json'],
]);
const blanks: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
const lessThan = 0x3c;
/** How messages start: `<`, `{`, and `[` of a list that is told as one. */
const starts: ReadonlySet<number> = new Set([lessThan, 0x7b, 0x5b]);
/** Text in UTF-16 without a mark has a zero byte among these, or it does not begin as messages do. */
const utf16Bytes = 2;

/** @throws HubError FOLDER_UNREADABLE when the file is not there, may not be read, or is a folder or anything but a file. */
export async function openWireFile(path: string): Promise<FileHandle> {
  try {
    // Before it is opened: opening a pipe waits for somebody to write.
    if (!(await stat(path)).isFile()) throw noFile(path);
    return await open(path);
  } catch (cause) {
    if (cause instanceof HubError) throw cause;
    throw new HubError('FOLDER_UNREADABLE', {
      zh: `无法打开文件 ${path}，请检查路径与权限。`,
      en: `Cannot open ${path}: check the path and the permissions.`,
      cause,
    });
  }
}

/**
 * @returns Form by name, else by the first byte; encoding by the file's beginning; or why the file is none of messages. The
 * handle stays where it was.
 */
export async function inspectWireFile(path: string, handle: FileHandle): Promise<WireSource | Unreadable> {
  const sample = await readSample(handle);
  const first = sample.find((byte) => !blanks.has(byte));
  const form = forms.get(extname(path).toLowerCase()) ?? (first === lessThan ? 'xml' : 'json');
  const encoding = encodingOf(sample);
  if (encoding === undefined) return { problem: encodingUnknown };
  const nul = sample.indexOf(0);
  if (nul >= 0 && (nul < utf16Bytes || !starts.has(first ?? 0))) return { problem: binary };
  if (form === 'json' && isSpread(new TextDecoder(encoding).decode(sample.subarray(0, sampleBytes)))) return { problem: spread };
  return { form, encoding };
}

/**
 * Whether the beginning of a JSON file is that of one value over many lines: a first line that is no JSON, and either opens an
 * array or is followed by one that opens no object. A broken line among whole ones is another matter: it costs only itself.
 */
function isSpread(beginning: string): boolean {
  const [first, second] = beginning.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  if (first === undefined || second === undefined || isJson(first)) return false;
  return first.startsWith('[') || (first.startsWith('{') && !second.startsWith('{'));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
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

function noFile(path: string): HubError {
  return new HubError('FOLDER_UNREADABLE', {
    zh: `${path} 是目录或不是普通文件，请逐个写出要导入的文件。`,
    en: `${path} is a folder or no ordinary file: name the files to load one by one.`,
  });
}

/** In neither of the two encodings. */
export const encodingUnknown: Reason = {
  zh: '文件编码不受支持，请转为 UTF-8 或 GB18030。',
  en: 'The file is in an encoding that is not read here: convert it to UTF-8 or GB18030.',
};

const expected: Reason = {
  zh: '应为 XML 报文 <DES>…</DES>，或每行一个完整的 JSON 对象 {"title":{…},"context":{…}}',
  en: 'What is read here: XML messages <DES>…</DES>, or one whole JSON object a line, {"title":{…},"context":{…}}',
};

const binary: Reason = {
  zh: `这不是文本文件（如压缩包、表格、PDF 或 UTF-16 文本），没有读取。${expected.zh}，编码 UTF-8 或 GB18030。`,
  en: `This is no text file (an archive, a spreadsheet, a PDF, text in UTF-16?); nothing was read. ${expected.en}, in UTF-8 or GB18030.`,
};

const spread: Reason = {
  zh: `这是跨多行的 JSON（数组或排版过的对象），没有读取。${expected.zh}；可用 jq -c '.[]' 或 jq -c . 转换。`,
  en: `This is JSON over several lines (an array or an indented object); nothing was read. ${expected.en}; jq -c '.[]' or jq -c . converts it.`,
};

/** A file that was read to its end without finding a message or a trace of one. */
export const noMessage: Reason = {
  zh: `文件里没有报文。${expected.zh}。`,
  en: `There is no message in the file. ${expected.en}.`,
};
