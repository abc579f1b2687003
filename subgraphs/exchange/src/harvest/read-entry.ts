/**
 * One change as it came, read or found unusable. What is unusable costs its own position alone: it is refused, and kept as it came.
 * Its content is judged later, with that of all others.
 * @see schema/PROTOCOL.md 13 «A change»; README «采集 Harvest»
 */
import type { FeedEntry } from '@hub/kit';
import { decodeRecordId, isSystemCode, type Violation } from '@hub/schema';

import type { TakenEntry } from '../journal/taken-page.ts';

import { sliceObject } from './json-slices.ts';
import { isCount, isObject } from './shapes.ts';

/** What is kept of a change that cannot be used. */
const mostRaw = 64 * 1024;
const mostText = 2_048;
const reasons = ['SENDER', 'VANISHED', 'MOVED'] as const;
const kinds = ['SYSTEM', 'PUBLISHED', 'DEMONSTRATION'] as const;
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/** Where a change was found. */
export interface EntryPlace {
  readonly system: string;
  /** Its place in a dense page; undefined in a snapshot, where its own word counts. */
  readonly position: number | undefined;
}

/**
 * @param raw - Its text as it came.
 * @returns The change; with the position it says itself, which is not judged here. Undefined: unusable, and nothing says at which
 *   position it stands.
 */
export function readEntryText(raw: string, place: EntryPlace): TakenEntry | undefined {
  const value = parsed(raw);
  if (!isObject(value)) return unusable(raw, place.position, unreadable('不是 JSON 对象', 'is no JSON object'));
  const doubled = isCanonical(value, raw) ? [] : sliceObject(raw, '').doubled;
  return doubled.length === 0 ? readEntryValue(value, () => raw, place) : unusable(raw, place.position, twice);
}

/**
 * @param raw - Its text as it came, made when it is wanted.
 * @returns As `readEntryText` does, of a value of which it is known that no member comes twice.
 */
export function readEntryValue(
  value: Record<string, unknown>,
  raw: () => string,
  { system, position }: EntryPlace,
): TakenEntry | undefined {
  const at = position ?? (isCount(value['position']) ? value['position'] : undefined);
  if (namesOther(value, system)) return unusable(raw(), at, foreign);
  const entry = entryOf(value);
  return entry ?? unusable(raw(), at, unreadable('成员缺少或类型不对', 'lacks members, or has them of the wrong kind'));
}

/** Whether a text is exactly what writing its value gives: nothing doubled, nothing a parser could read in two ways. */
export function isCanonical(value: unknown, raw: string): boolean {
  try {
    return JSON.stringify(value) === raw;
  } catch {
    // Too deep for the writer.
    return false;
  }
}

function entryOf(value: Record<string, unknown>): FeedEntry | undefined {
  const { position, dataset, key, version, op, hash, payload, dataTimestamp, contract, categories, receivedAt } = value;
  const { reason, movedTo, movedFrom } = value;
  const source = sourceOf(value['source']);
  const isNamed = isText(dataset) && isText(key) && isText(contract) && (dataTimestamp === null || isText(dataTimestamp));
  const isDated = isText(receivedAt) && instant.test(receivedAt);
  const isListed = Array.isArray(categories) && categories.length <= 100 && categories.every(isText);
  if (!isCount(position) || !isCount(version) || version > 0x7f_ff_ff_ff || !isNamed || !isDated || !isListed) return undefined;
  if ((op !== 'put' && op !== 'withdraw') || typeof payload !== 'string' || source === undefined) return undefined;
  if (typeof hash !== 'string' || !/^[\da-f]{64}$/.test(hash)) return undefined;
  const why = reasons.find((known) => known === reason);
  if (reason !== undefined && why === undefined) return undefined;
  if (!isCodeOrAbsent(movedTo) || !isCodeOrAbsent(movedFrom)) return undefined;
  return {
    position,
    dataset,
    key,
    version,
    op,
    hash,
    payload,
    dataTimestamp,
    contract,
    categories,
    source,
    receivedAt,
    ...(why === undefined ? {} : { reason: why }),
    ...(movedTo === undefined ? {} : { movedTo }),
    ...(movedFrom === undefined ? {} : { movedFrom }),
  };
}

function sourceOf(value: unknown): FeedEntry['source'] | undefined {
  if (!isObject(value)) return undefined;
  const { name, url } = value;
  const kind = kinds.find((known) => known === value['kind']);
  if (kind === undefined || !(name === undefined || isText(name)) || !(url === undefined || isText(url))) return undefined;
  return { kind, ...(name === undefined ? {} : { name }), ...(url === undefined ? {} : { url }) };
}

/** A record of another system, by a name beside it or in its key. */
function namesOther({ system, id, key }: Record<string, unknown>, asked: string): boolean {
  if (system !== undefined && system !== asked) return true;
  return [id, key].some((text) => {
    const named = typeof text === 'string' ? decodeRecordId(text) : undefined;
    return named !== undefined && named.system !== asked;
  });
}

function unusable(raw: string, position: number | undefined, violation: Violation): TakenEntry | undefined {
  return position === undefined ? undefined : { position, raw: cut(raw), violation };
}

/** By bytes, and no half of a character. */
function cut(raw: string): string {
  const bytes = Buffer.from(raw);
  return bytes.length <= mostRaw ? raw : new TextDecoder().decode(bytes.subarray(0, mostRaw), { stream: true });
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= mostText;
}

function isCodeOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && isSystemCode(value));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreadable(zh: string, en: string): Violation {
  return refusal(
    'MESSAGE_UNREADABLE',
    `数据流里的这条变更${zh}，见接口文档第 13 节。`,
    `This change of the feed ${en}: see section 13 of the protocol.`,
  );
}

const twice = unreadable('有成员出现两次', 'has a member twice');
const foreign = refusal(
  'SYSTEM_FOREIGN',
  '这条变更写的是别的系统的记录：系统的数据流里只有自己的记录。',
  'This change names a record of another system: a feed holds its own system’s alone.',
);

function refusal(rule: string, messageZh: string, messageEn: string): Violation {
  return { rule, severity: 'refusal', field: '', messageZh, messageEn };
}
