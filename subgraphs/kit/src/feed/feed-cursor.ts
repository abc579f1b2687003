/**
 * The cursor of a system's feed: stream, epoch and position, sealed, so that nobody counts on what is in it. The nonce is a
 * keyed hash of the content: the same place gives the same cursor, and no two contents share a nonce.
 * @see design/feed.md 6; NIST SP 800-38D (GCM)
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';

import { HubError } from '@hub/schema';

/** A place in a feed. */
export interface FeedPlace {
  readonly system: string;
  readonly epoch: string;
  /** Digest of the filter. */
  readonly filter: string;
  /** Last position delivered. */
  readonly position: number;
  /** Position of the snapshot that is being read; undefined in the feed itself. */
  readonly snapshot: number | undefined;
  /** Mark of the change at `snapshot`, else at `position`. */
  readonly mark: string;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const maxLength = 1024;

/** @param secret - The store's own. */
export function sealCursor(place: FeedPlace, secret: string): string {
  const { system, epoch, filter, position, snapshot = null, mark } = place;
  const content = Buffer.from(JSON.stringify([version, system, epoch, filter, position, snapshot, mark]));
  const nonce = createHmac('sha256', keyOf(secret, 'nonce')).update(content).digest().subarray(0, nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, 'encryption'), nonce);
  return Buffer.concat([nonce, cipher.update(content), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** @throws HubError CURSOR_INVALID when it is damaged, another store's, another system's, or of another filter. */
export function openCursor(cursor: string, secret: string, asked: { readonly system: string; readonly filter: string }): FeedPlace {
  const place = read(decrypt(cursor, keyOf(secret, 'encryption')));
  if (place === undefined || place.system !== asked.system) throw invalid('游标无法识别', 'is not a cursor of this feed');
  if (place.filter !== asked.filter) throw invalid('游标属于另一种筛选', 'belongs to another filter');
  return place;
}

function keyOf(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `hub feed cursor ${purpose}`, 32));
}

function decrypt(cursor: string, key: Buffer): unknown {
  const bytes = Buffer.from(cursor, 'base64url');
  if (cursor.length > maxLength || bytes.length <= nonceBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const content = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return JSON.parse(content.toString());
  } catch {
    return undefined;
  }
}

function read(content: unknown): FeedPlace | undefined {
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  const [found, system, epoch, filter, position, snapshot, mark] = parts;
  if (found !== version || typeof system !== 'string' || typeof epoch !== 'string' || typeof filter !== 'string') return undefined;
  if (typeof position !== 'number' || typeof mark !== 'string') return undefined;
  return { system, epoch, filter, position, snapshot: typeof snapshot === 'number' ? snapshot : undefined, mark };
}

function invalid(zh: string, en: string): HubError {
  return new HubError('CURSOR_INVALID', { zh: `${zh}，请不带游标重新取。`, en: `The cursor ${en}; begin again without one.` });
}
