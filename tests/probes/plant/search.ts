/**
 * Looks for secrets in everything a server sent: as it came, inside base64 (ids and cursors), and as whole JSON values.
 */
import { isObject } from '../../support/parse-json.ts';
import { type Answered, parsed } from '../ask/send.ts';
import { marksIn } from './marks.ts';
import type { Secret } from './secret.ts';

/** Secrets by mark; a mark too short to be unique may stand for several. */
export type SecretIndex = ReadonlyMap<string, readonly Secret[]>;

const base64Like = /[A-Za-z0-9_-]{16,}/g;
const deepest = 3;

/** @returns Secrets by mark. */
export function indexSecrets(secrets: readonly Secret[]): SecretIndex {
  return Map.groupBy(secrets, ({ mark }) => mark);
}

/** @returns The secrets that an answer tells, all that one mark may stand for together. */
export function secretsIn({ headers, text }: Answered, index: SecretIndex): readonly (readonly Secret[])[] {
  const whole = `${text}\n${Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('\n')}`;
  const found = new Set([...marksInside(whole, 0), ...leavesOf(parsed(text))]);
  return [...found].flatMap((mark) => {
    const secrets = index.get(mark);
    return secrets === undefined ? [] : [secrets];
  });
}

function marksInside(text: string, depth: number): readonly string[] {
  const found = [...marksIn(text)];
  if (depth === deepest) return found;
  const inner = new Set([...text.matchAll(base64Like)].flatMap(([piece]) => decoded(piece)));
  return [...found, ...[...inner].flatMap((piece) => marksInside(piece, depth + 1))];
}

function decoded(piece: string): readonly string[] {
  const text = Buffer.from(piece, 'base64url').toString();
  // What is encrypted, or no base64 at all, is no text.
  return /[\p{Cc}\uFFFD]/u.test(text) ? [] : [text];
}

/** Whole values, for marks that are too short to be looked for inside others. */
function leavesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (isObject(value)) return Object.values(value).flatMap(leavesOf);
  return typeof value === 'number' || typeof value === 'string' ? [String(value)] : [];
}
