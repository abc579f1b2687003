/**
 * The text of an answer, read as a page of the system that was asked. Whether it is the page that was asked for is another
 * question.
 * @see check-page.ts; schema/PROTOCOL.md 13 «A page»
 */
import type { TakenEntry } from '../journal/taken-page.ts';

import { isTooDeep, sliceObject } from './json-slices.ts';
import { isCanonical, readEntryText, readEntryValue } from './read-entry.ts';
import { isObject, isWhole } from './shapes.ts';
import { excerpt, SourceFault } from './source-faults.ts';

/** A page as it was sent. */
export interface SentPage {
  readonly epoch: string;
  readonly head: number;
  readonly segments: number;
  readonly snapshot: number | null;
  readonly scanned: { readonly from: number; readonly to: number };
  readonly entries: readonly TakenEntry[];
  readonly cursor: string;
}

/** As the feed's protocol has it. */
const mostScanned = 10_000;
const longestCursor = 1_024;
/** Visible characters; as a statement of the proof takes them. */
const epochForm = /^[\x21-\x7E]{1,200}$/;

/** @throws SourceFault for what is no page of this system, with what it lacks. */
export function readPage(text: string, system: string): SentPage {
  const whole = wholeOf(text);
  const members = whole?.value ?? membersOf(text);
  if ('errors' in members) throw new SourceFault('ERROR_AS_ANSWER', excerpt(text));
  if (members['version'] !== 1)
    throw new SourceFault('VERSION_UNKNOWN', `version: ${excerpt(JSON.stringify(members['version']) ?? 'none')}`);
  if (members['system'] !== system) {
    throw new SourceFault('OTHER_SYSTEM', `${system} was asked, ${excerpt(JSON.stringify(members['system']) ?? 'none')} answers`);
  }
  const head = headOf(members);
  const { scanned, snapshot } = head;
  const place = (index: number) => ({ system, position: snapshot === null ? scanned.from + index : undefined });
  const entries =
    whole === undefined
      ? elementsOf(text).map((raw, index) => readEntryText(raw, place(index)))
      : whole.entries.map((value, index) => readEntryValue(value, () => JSON.stringify(value), place(index)));
  const known = entries.filter((entry) => entry !== undefined);
  if (known.length === entries.length) return { ...head, entries: known };
  throw new SourceFault('PAGE_FORM', 'a snapshot holds a change of which no position can be read');
}

interface Whole {
  readonly value: Record<string, unknown>;
  readonly entries: readonly Record<string, unknown>[];
}

/** @returns The page at once when it is written plainly; nearly all are. */
function wholeOf(text: string): Whole | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || !isCanonical(value, text)) return undefined;
    const { entries } = value;
    return Array.isArray(entries) && entries.every(isObject) ? { value, entries } : undefined;
  } catch {
    // Read piece by piece.
    return undefined;
  }
}

function membersOf(text: string): Record<string, unknown> {
  if (!/^[\t\n\r ]*\{/.test(text)) throw new SourceFault('NOT_JSON', excerpt(text));
  const { members, doubled } = sliceObject(text, 'entries');
  if (doubled.length > 0) throw new SourceFault('PAGE_FORM', `twice: ${excerpt(doubled.join(', '))}`);
  const read = [...members].filter(([name]) => name !== 'entries').map(([name, raw]) => [name, valueOf(name, raw)] as const);
  return Object.fromEntries(read);
}

function elementsOf(text: string): readonly string[] {
  const { elements } = sliceObject(text, 'entries');
  if (elements === undefined) throw new SourceFault('PAGE_FORM', 'entries is no list');
  return elements;
}

function valueOf(name: string, raw: string): unknown {
  if (isTooDeep(raw)) throw new SourceFault('TOO_DEEP', `in ${excerpt(name)}`);
  try {
    return JSON.parse(raw);
  } catch (cause) {
    throw new SourceFault('JSON_BROKEN', `${excerpt(name)}: ${excerpt(raw)}`, { cause });
  }
}

function headOf(members: Record<string, unknown>): Omit<SentPage, 'entries'> {
  const { epoch, head, segments = 0, snapshot = null, scanned, cursor } = members;
  const { from, to } = isObject(scanned) ? scanned : {};
  if (typeof epoch !== 'string' || !epochForm.test(epoch)) throw wrong('epoch', epoch);
  if (!isWhole(head)) throw wrong('head', head);
  if (!isWhole(segments)) throw wrong('segments', segments);
  if (snapshot !== null && !isWhole(snapshot)) throw wrong('snapshot', snapshot);
  if (!isWhole(from) || from === 0 || !isWhole(to) || to < from - 1) throw wrong('scanned', scanned);
  if (to - from >= mostScanned) throw wrong('scanned', scanned);
  if (typeof cursor !== 'string' || cursor === '' || cursor.length > longestCursor) throw wrong('cursor', cursor);
  return { epoch, head, segments, snapshot, scanned: { from, to }, cursor };
}

function wrong(name: string, value: unknown): SourceFault {
  return new SourceFault('PAGE_FORM', `${name}: ${excerpt(JSON.stringify(value) ?? 'none')}`);
}
