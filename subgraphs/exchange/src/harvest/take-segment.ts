/**
 * Takes a closed segment of a source that is far ahead: 10,000 positions as one answer, written in portions as its lines come, so
 * that no more of it than a portion is held. A line is checked as a change of a page is; what was taken of a segment that ends too
 * early stays taken.
 * @see schema/PROTOCOL.md 13 «Closed segments»; design/feed.md 7
 */
import type { Readable } from 'node:stream';

import { instantOf } from '@hub/kit/process';
import { segmentPositions } from '@hub/schema';

import type { TakenEntry } from '../journal/taken-page.ts';

import { type Answer, askSystem } from './ask-system.ts';
import { checkForm, checkPositions, isMisformed, type SourcePlace } from './check-page.ts';
import { compareHistory } from './compare-history.ts';
import { expectAnswer, encodingOf } from './read-answer.ts';
import { bodyFault, unpack, watchTime } from './read-body.ts';
import { readEntryText } from './read-entry.ts';
import { type Portion, readPortions } from './read-portions.ts';
import { SourceFault } from './source-faults.ts';
import type { HarvestParts } from './source-parts.ts';
import type { Asked } from './take-next-page.ts';

/** The cursor after a segment's last position; with it the pages go on from there. */
const cursorHeader = 'hub-feed-cursor';
const epochHeader = 'hub-feed-epoch';

/**
 * @returns The cursor at the end of the last segment that was taken whole; null when the source does not tell it.
 * @throws SourceFault.
 */
export async function cursorBefore(parts: HarvestParts, asked: Asked, place: SourcePlace): Promise<string | null> {
  const answer = await openSegment(parts, asked, { number: Math.floor(place.position / segmentPositions), place });
  answer.body.destroy();
  return answer.header(cursorHeader) ?? null;
}

/** What came of a segment. */
export interface SegmentStep {
  readonly place: SourcePlace;
  /** Positions up to here are to be asked for by pages; 0: none. */
  readonly byPagesUntil: number;
}

/**
 * Takes what follows a position of its segment. From a line on that is not in form, the rest is left to pages, which are asked
 * for twice before anything of them is refused.
 * @throws SourceFault.
 */
export async function takeSegment(parts: HarvestParts, asked: Asked, place: SourcePlace & { readonly head: number }): Promise<SegmentStep> {
  const number = Math.floor(place.position / segmentPositions) + 1;
  using _turn = await parts.large.take(asked.signal);
  const answer = await openSegment(parts, asked, { number, place });
  const cursor = answer.header(cursorHeader);
  const { head: _, ...rest } = place;
  if (cursor === undefined) {
    answer.body.destroy();
    // Its segments do not say how to go on after them.
    return { place: rest, byPagesUntil: Infinity };
  }
  const end = number * segmentPositions;
  let position = end - segmentPositions;
  for await (const portion of portionsOf(parts, asked, answer)) {
    const entries = readAll(portion.lines, { system: asked.row.code, after: position });
    const to = position + entries.length;
    position = await takePortion(parts, asked, { place, entries, after: position, end, cursor });
    if (position < to) return { place: { ...rest, position: Math.max(position, place.position), lagging: true }, byPagesUntil: end };
  }
  if (position !== end) throw new SourceFault('CUT_OFF', `segment ${number} ends at position ${position}`);
  return { place: { ...rest, position: end, cursor, lagging: false }, byPagesUntil: 0 };
}

interface SegmentPortion {
  readonly place: SourcePlace & { readonly head: number };
  readonly entries: readonly TakenEntry[];
  /** Last position of the portion before. */
  readonly after: number;
  /** Last position of the segment. */
  readonly end: number;
  readonly cursor: string;
}

/** @returns The last position that is in form, and taken. */
async function takePortion(parts: HarvestParts, { row, clock, signal }: Asked, portion: SegmentPortion): Promise<number> {
  const { place, entries, after, end, cursor } = portion;
  const to = after + entries.length;
  if (to > end) throw new SourceFault('POSITIONS_BROKEN', `a segment up to ${end} goes on with position ${to}`);
  using _turn = await parts.work.take(signal);
  checkPositions({ scanned: { from: after + 1, to }, entries, snapshot: null });
  checkForm(entries);
  const [epoch, from] = [place.epoch ?? '', Math.max(after, place.position) + 1];
  await compareHistory(
    parts.journal,
    { system: row.code, epoch },
    entries.filter((entry) => entry.position < from),
  );
  const stop = entries.find((entry) => entry.position >= from && isMisformed(entry))?.position ?? to + 1;
  const fresh = entries.filter((entry) => entry.position >= from && entry.position < stop);
  if (fresh.length === 0) return stop - 1;
  const heard = { heardAt: instantOf(parts.clock), offsetMs: clock.offsetMs, head: place.head, snapshot: null };
  // Within a segment no cursor is known: the one before it stays.
  const at = stop > end ? cursor : (place.cursor ?? '');
  await parts.journal.take({ system: row.code, epoch, scanned: { from, to: stop - 1 }, entries: fresh, cursor: at, ...heard });
  return stop - 1;
}

interface Wanted {
  readonly number: number;
  readonly place: SourcePlace;
}

async function openSegment(parts: HarvestParts, { row, clock, signal }: Asked, { number, place }: Wanted): Promise<Answer> {
  const { line, limits } = parts;
  const answer = await askSystem(line, {
    system: row.code,
    url: row.url,
    asked: { segment: number },
    deadlineMs: limits.headMs,
    signal,
  });
  clock.heard(answer.header('date'), parts.clock.nowMs());
  await expectAnswer(answer, 'segment', { bounds: { ...limits, deadlineMs: limits.bodyMs, large: parts.large }, signal });
  const epoch = answer.header(epochHeader);
  if (epoch === place.epoch) return answer;
  answer.body.destroy();
  throw new SourceFault('EPOCH_CHANGED', `${place.epoch ?? ''} → ${epoch ?? 'none'}`);
}

async function* portionsOf({ limits }: HarvestParts, { signal }: Asked, answer: Answer): AsyncGenerator<Portion> {
  const { body } = answer;
  using watch = watchTime(body, limits.segmentMs);
  let bytes = 0;
  try {
    const unpacked: Readable = unpack(body, encodingOf(answer));
    for await (const portion of readPortions(unpacked, limits)) {
      bytes += portion.bytes;
      yield portion;
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw bodyFault(cause, { late: watch.late, bytes });
  } finally {
    body.destroy();
  }
}

/** A segment is dense: every line has a position. */
function readAll(lines: readonly string[], { system, after }: { readonly system: string; readonly after: number }): readonly TakenEntry[] {
  return lines.flatMap((raw, index) => readEntryText(raw, { system, position: after + 1 + index }) ?? []);
}
