/**
 * The cursor of a page: where the reader stands, encrypted (a sort key may be a hidden value) and bound to one question.
 * The nonce is a keyed hash of the content: the same place gives the same cursor, and no two contents share a nonce.
 * @see design/partitioning.md «Page»
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

import { HubError, type SortKey } from '@hub/schema';

import type { Position } from './page.ts';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const maxCursorLength = 64 * 1024;

/** Seals positions into cursors and opens them again. */
export interface CursorSeal {
  /** @param question - From {@link questionOf}. */
  seal(position: Position, question: string): string;
  /** @throws HubError CURSOR_INVALID when the cursor is foreign, damaged or belongs to another question. */
  open(cursor: string, question: string): Position;
}

/**
 * @param secret - `HUB_CURSOR_KEY`; without it cursors end with the process.
 * @returns A seal; gateways with the same secret read each other's cursors.
 */
export function createCursorSeal(secret: string | undefined): CursorSeal {
  const root = secret === undefined ? randomBytes(32) : Buffer.from(secret);
  // As key objects: of the 40 µs that a cursor took, 32 were spent on making these anew.
  const encryptionKey = keyOf(root, 'hub cursor encryption');
  const nonceKey = keyOf(root, 'hub cursor nonce');
  return {
    seal(position, question) {
      const content = Buffer.from(JSON.stringify([version, question, position.main ?? null, [...position.lag]]));
      const nonce = createHmac('sha256', nonceKey).update(content).digest().subarray(0, nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce);
      return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    },
    open(cursor, question) {
      const content = decrypt(cursor, encryptionKey);
      if (content === undefined) throw invalid('游标无法识别', 'is not a cursor of this hub');
      const [found, asked, main, lag] = content;
      if (found !== version) throw invalid('游标版本已不再支持', 'has a version that is no longer supported');
      if (asked !== question) {
        throw invalid('游标属于另一次查询，不能与不同的筛选、排序或权限合用', 'belongs to another filter, order or permission');
      }
      const entries = Array.isArray(lag) ? lag.map(readLag) : [];
      return { main: readKey(main), lag: new Map(entries.filter((entry) => entry !== undefined)) };
    },
  };
}

/** What a cursor is bound to. */
export interface Question {
  readonly field: string;
  readonly filter: unknown;
  readonly order: unknown;
  readonly grants: string;
}

/** @returns A short digest; the order of keys in the filter makes no difference. */
export function questionOf({ field, filter, order, grants }: Question): string {
  const text = JSON.stringify(sortedKeys([field, filter ?? null, order ?? null, grants]));
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
}

function keyOf(root: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', root, '', purpose, 32)));
}

function decrypt(cursor: string, key: KeyObject): readonly unknown[] | undefined {
  if (cursor.length > maxCursorLength || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  if (bytes.length <= nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const content = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    const parsed: unknown = JSON.parse(content.toString());
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function readLag(entry: unknown): readonly [string, SortKey | undefined] | undefined {
  const [system, key] = partsOf(entry);
  return typeof system === 'string' ? [system, readKey(key)] : undefined;
}

function readKey(key: unknown): SortKey | undefined {
  const [value, id] = partsOf(key);
  return typeof id === 'string' && (value === null || typeof value === 'string') ? [value, id] : undefined;
}

function partsOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, entry]) => [key, sortedKeys(entry)]));
}

function invalid(zh: string, en: string): HubError {
  return new HubError('CURSOR_INVALID', {
    zh: `${zh}，请从第一页重新查询。`,
    en: `The cursor ${en}; start again from the first page.`,
  });
}
