/**
 * Asks a source for its next page, checks it, and hands it to the journal. One question; what the answer was decides the next one.
 * @see schema/PROTOCOL.md 13; README «采集 Harvest»
 */
import { instantOf } from '@hub/kit/process';
import { segmentPositions } from '@hub/schema';

import { askSystem } from './ask-system.ts';
import { checkPage, isMisformed, type SourcePlace } from './check-page.ts';
import type { SourceClock } from './clock-offset.ts';
import { compareHistory } from './compare-history.ts';
import type { HarvestedRange, HarvestJournal } from './harvest-journal.ts';
import { expectAnswer, readText } from './read-answer.ts';
import { readPage } from './read-page.ts';
import { SourceFault } from './source-faults.ts';
import type { HarvestParts, SourceRow } from './source-parts.ts';

/** A question for a page. */
export interface PageQuestion {
  readonly place: SourcePlace;
  /** Whether a new epoch is begun, by a snapshot. */
  readonly renewing: boolean;
  readonly first: number;
  /** Digest of what was misformed in the page before; '' for nothing. */
  readonly misformed: string;
}

/** What came of a question. */
export interface PageStep {
  readonly place: SourcePlace;
  /** TAKEN: changes. IDLE: nothing new. DOUBTED: to be asked again before anything of it is refused. */
  readonly outcome: 'TAKEN' | 'IDLE' | 'DOUBTED';
  readonly misformed: string;
  readonly head: number;
  /** Closed segments. */
  readonly segments: number;
  readonly waitedMs: number;
}

/** Whom it is asked of. */
export interface Asked {
  readonly row: SourceRow;
  readonly clock: SourceClock;
  readonly signal: AbortSignal;
}

/** @throws SourceFault for whatever is wrong with the source; other errors are the journal's. */
export async function takeNextPage(parts: HarvestParts, { row, clock, signal }: Asked, question: PageQuestion): Promise<PageStep> {
  const { line, limits, journal } = parts;
  const { place, renewing } = question;
  const askedMs = performance.now();
  const deadlineMs = limits.waitMs + limits.headMs;
  const answer = await askSystem(line, { system: row.code, url: row.url, asked: bodyOf(question, limits.waitMs), deadlineMs, signal });
  const waitedMs = performance.now() - askedMs;
  clock.heard(answer.header('date'), parts.clock.nowMs());
  const bounds = { ...limits, deadlineMs: limits.bodyMs, large: parts.large };
  await expectAnswer(answer, 'page', { bounds, signal });
  using text = await readText(answer, { bounds, signal });
  using _turn = await parts.work.take(signal);
  const page = readPage(text.text, row.code);
  if (renewing) await checkEpoch(journal, place, { system: row.code, epoch: page.epoch });
  const { fresh, again } = checkPage(page, place, { snapshot: renewing });
  if (page.snapshot === null) await compareHistory(journal, { system: row.code, epoch: page.epoch }, again);
  const misformed = fresh.filter(isMisformed).map((entry) => JSON.stringify(entry));
  const digest = misformed.join('\n');
  const told = { head: page.head, segments: page.segments, waitedMs };
  if (digest !== '' && digest !== question.misformed) return { ...told, place, outcome: 'DOUBTED', misformed: digest };
  const { epoch, scanned, cursor, head, snapshot } = page;
  const from = renewing ? scanned.from : Math.max(scanned.from, place.position + 1);
  const heard = { heardAt: instantOf(parts.clock), offsetMs: clock.offsetMs };
  // What was all told before moves the cursor alone.
  const passed = scanned.to < from - 1;
  const range = passed ? { from, to: from - 1 } : { from, to: scanned.to };
  const taken = await journal.take({ system: row.code, epoch, scanned: range, entries: fresh, cursor, head, snapshot, ...heard });
  const position = Math.max(range.to, taken.position);
  const next: SourcePlace = {
    epoch,
    position,
    snapshot: renewing ? (snapshot ?? 0) : place.snapshot,
    cursor,
    lagging: position > scanned.to,
  };
  return { ...told, place: next, outcome: scanned.to < scanned.from ? 'IDLE' : 'TAKEN', misformed: '' };
}

/**
 * An epoch that ended does not come back: two stores behind one address would have the whole of each taken again and again.
 * @throws SourceFault EPOCH_UNSTABLE; CURSOR_LOST when it is the epoch that never ended.
 */
async function checkEpoch(
  journal: HarvestJournal,
  place: SourcePlace,
  { system, epoch }: Pick<HarvestedRange, 'system' | 'epoch'>,
): Promise<void> {
  if (epoch === place.epoch) throw new SourceFault('CURSOR_LOST', `the epoch is ${epoch} still`);
  const before = await journal.hashes({ system, epoch, from: 1, to: segmentPositions });
  if (before.size > 0) throw new SourceFault('EPOCH_UNSTABLE', `${epoch} was there before ${place.epoch ?? ''}`);
}

function bodyOf({ place, renewing, first }: PageQuestion, waitMs: number): object {
  if (renewing) return { snapshot: true, first };
  if (place.cursor !== null) return { after: place.cursor, first, waitMs };
  // Its cursor was lost while a snapshot was read.
  return place.position < place.snapshot ? { snapshot: place.snapshot, first } : { first, waitMs };
}
