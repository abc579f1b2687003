/**
 * Which encoding a file of records has: its byte order mark, else its XML declaration, else what its first characters
 * outside ASCII are valid in. Decided once a file: a damaged line must not turn the rest into another encoding.
 * @see standard/exchange.md 3
 */

/** GB2312 and GBK are parts of GB18030 and are read as it. */
export type Encoding = 'utf-8' | 'gb18030';

const declaration = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/;
const declared: ReadonlyMap<string, Encoding> = new Map([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['gb18030', 'gb18030'],
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['cp936', 'gb18030'],
]);

/** Bytes after the first one outside ASCII that are enough to tell. */
export const sampleBytes = 65_536;

/**
 * @param sample - The file's beginning, up to `sampleBytes` after its first byte outside ASCII.
 * @returns The encoding; undefined when the file says it has another one. A file all of ASCII is UTF-8.
 */
export function encodingOf(sample: Buffer): Encoding | undefined {
  if (hasUtf8Mark(sample)) return 'utf-8';
  const [first, second] = sample;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return undefined;
  const named = declaration.exec(sample.toString('latin1', 0, 200))?.[1];
  return named === undefined ? likelier(sample) : declared.get(named.toLowerCase());
}

/** Whether the bytes begin with UTF-8's byte order mark, which is no part of the text. */
export function hasUtf8Mark(bytes: Buffer): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/**
 * UTF-8 when its multi-byte sequences are whole, but for one in ten: GB18030 text has many that are broken. Short texts may
 * be too damaged to tell; what is no GB18030 either is then UTF-8.
 */
function likelier(sample: Buffer): Encoding {
  const { whole, broken } = countSequences(sample);
  if (broken === 0 || whole >= broken * 10) return 'utf-8';
  try {
    // As part of a stream: the sample may end inside a character.
    new TextDecoder('gb18030', { fatal: true }).decode(sample, { stream: true });
    return 'gb18030';
  } catch {
    return whole >= broken ? 'utf-8' : 'gb18030';
  }
}

function countSequences(sample: Buffer): { readonly whole: number; readonly broken: number } {
  let whole = 0;
  let broken = 0;
  for (let place = 0; place < sample.length; place++) {
    const length = sequenceLength(sample[place] ?? 0);
    if (place + length > sample.length) break;
    if (length === 1) {
      if ((sample[place] ?? 0) >= 0x80) broken++;
    } else if (sample.subarray(place + 1, place + length).every((follower) => (follower & 0xc0) === 0x80)) {
      whole++;
      place += length - 1;
    } else {
      broken++;
    }
  }
  return { whole, broken };
}

/** Bytes of the UTF-8 sequence that this byte would begin; 1 for ASCII and for bytes that begin none. */
function sequenceLength(byte: number): number {
  if (byte < 0xc2 || byte > 0xf4) return 1;
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}
