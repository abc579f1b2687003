/**
 * The one identifier of a record in the province: system, type and key, opaque to clients.
 * @see design/architecture.md «Record»
 */

/** What an id stands for. */
export interface RecordId {
  /** Code of the system that holds the record. */
  readonly system: string;
  /** Graph type, e.g. `BidSection`. */
  readonly type: string;
  /** The sender's DATA_KEY, or the dataset's key fields. */
  readonly key: string;
}

const systemCode = /^[a-z][a-z0-9-]{0,62}$/;
const typeName = /^[A-Z][A-Za-z0-9]*$/;
const base64url = /^[A-Za-z0-9_-]+$/;

/** Whether a text has the form of a system code: lower-case letters, digits and hyphens, 63 at most. */
export function isSystemCode(text: string): boolean {
  return systemCode.test(text);
}

/** @returns The id: URL-safe text that only the hub takes apart. */
export function encodeRecordId(id: RecordId): string {
  return Buffer.from(`${id.system}:${id.type}:${id.key}`).toString('base64url');
}

/** @returns What the id stands for; undefined when it is not an id of this hub. */
export function decodeRecordId(id: string): RecordId | undefined {
  if (!base64url.test(id)) return undefined;
  const text = Buffer.from(id, 'base64url').toString();
  const first = text.indexOf(':');
  const second = text.indexOf(':', first + 1);
  if (second < 0) return undefined;
  const [system, type, key] = [text.slice(0, first), text.slice(first + 1, second), text.slice(second + 1)];
  return systemCode.test(system) && typeName.test(type) && key !== '' ? { system, type, key } : undefined;
}
