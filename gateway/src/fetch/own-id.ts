/**
 * Whether an id is a system's own, told without decoding it: the ids of one type of one system begin alike. A page over all
 * systems brings some hundred of them, and to take each apart is a tenth of what reading it costs.
 * @see schema/src/record-id.ts
 */

/** How ids begin: in whole groups of four characters, and the bits that follow. */
interface Beginning {
  readonly text: string;
  /** 0, 8 or 16 of them. */
  readonly bits: number;
  readonly value: number;
  /** Bytes of it all. */
  readonly bytes: number;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const isText = /^[A-Za-z0-9_-]+$/;
const known = new Map<string, Beginning>();
/** Pairs of system and type; there are some hundred types. */
const maxKnown = 20_000;

/** @returns Whether `decodeRecordId` would find this system and this type in it. */
export function isOwnId(id: string, system: string, type: string): boolean {
  const { text, bits, value, bytes } = beginningOf(`${system}:${type}:`);
  // Behind the beginning there is a key.
  if (!id.startsWith(text) || Math.floor((id.length * 3) / 4) <= bytes || !isText.test(id)) return false;
  if (bits === 0) return true;
  const at = text.length;
  const found = (sextet(id, at) << 12) | (sextet(id, at + 1) << 6) | (bits === 16 ? sextet(id, at + 2) : 0);
  return found >> (18 - bits) === value;
}

function beginningOf(prefix: string): Beginning {
  const found = known.get(prefix);
  if (found !== undefined) return found;
  const bytes = Buffer.from(prefix);
  const whole = bytes.length - (bytes.length % 3);
  const rest = bytes.subarray(whole);
  const made = {
    text: bytes.subarray(0, whole).toString('base64url'),
    bits: rest.length * 8,
    value: rest.reduce((value, byte) => value * 256 + byte, 0),
    bytes: bytes.length,
  };
  if (known.size === maxKnown) known.clear();
  known.set(prefix, made);
  return made;
}

function sextet(id: string, at: number): number {
  return alphabet.indexOf(id.charAt(at));
}
