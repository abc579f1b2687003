/**
 * Whether a page is the one that was asked for: it goes on where the one before ended, every position is there, and nothing went
 * back. Pure; what is not so is a fault of the source, and the page is not taken.
 * @see design/feed.md 5 and 6; README «采集 Harvest»
 */

import { holds } from '../judge/content.ts';
import { isUnusable, type TakenEntry } from '../journal/taken-page.ts';

import type { Harvested } from './harvest-journal.ts';
import type { SentPage } from './read-page.ts';
import { SourceFault } from './source-faults.ts';

/** Where the harvest of a source stands. */
export interface SourcePlace extends Harvested {
  /** Whether the cursor may stand before the position: what it gives again is compared, and passed over. */
  readonly lagging: boolean;
}

/** What a page brings. */
export interface CheckedPage {
  /** Not taken yet. */
  readonly fresh: readonly TakenEntry[];
  /** Told again. */
  readonly again: readonly TakenEntry[];
}

/** Below it a page says little about the program that made it. */
const tellingEntries = 10;

/**
 * @param asked - Whether a snapshot was asked for, of a new epoch.
 * @throws SourceFault
 */
export function checkPage(page: SentPage, place: SourcePlace, asked: { readonly snapshot: boolean }): CheckedPage {
  const { scanned, head, entries, snapshot } = page;
  const [position, lagging] = asked.snapshot ? [0, false] : [place.position, place.lagging];
  const told = `scanned ${scanned.from}–${scanned.to}, head ${head}; taken through ${position}`;
  if (!asked.snapshot && place.epoch !== null && page.epoch !== place.epoch) {
    throw new SourceFault('EPOCH_CHANGED', `${place.epoch} → ${page.epoch}`);
  }
  const walking = asked.snapshot ? snapshot : position < place.snapshot ? place.snapshot : null;
  if (snapshot !== walking || (asked.snapshot && snapshot === null)) {
    throw new SourceFault('PAGE_FORM', `snapshot: ${String(snapshot)}, not ${String(walking)}`);
  }
  if (head < position) throw new SourceFault('HEAD_BACK', told);
  if (scanned.to > head || (snapshot !== null && scanned.to > snapshot)) throw new SourceFault('POSITIONS_BROKEN', told);
  if (scanned.from > position + 1) throw new SourceFault('PAGE_JUMPED', told);
  if (scanned.from <= position && !lagging) throw new SourceFault('PAGE_REPEATED', told);
  if (scanned.to < scanned.from && scanned.to < (snapshot ?? head)) throw new SourceFault('NO_PROGRESS', told);
  if (!asked.snapshot && scanned.to >= scanned.from && page.cursor === place.cursor) throw new SourceFault('CURSOR_STUCK', told);
  checkPositions(page);
  checkForm(entries);
  return { fresh: entries.filter((entry) => entry.position > position), again: entries.filter((entry) => entry.position <= position) };
}

/** Of the feed every position, one after the other; of a snapshot those that still stand, ascending. */
export function checkPositions({ scanned, entries, snapshot }: Pick<SentPage, 'scanned' | 'entries' | 'snapshot'>): void {
  const { from, to } = scanned;
  let before = from - 1;
  for (const { position } of entries) {
    const isNext = snapshot === null ? position === before + 1 : position > before;
    if (!isNext || position > to) throw new SourceFault('POSITIONS_BROKEN', `scanned ${from}–${to}: ${position} after ${before}`);
    before = position;
  }
  if (snapshot === null && before !== to) throw new SourceFault('POSITIONS_BROKEN', `scanned ${from}–${to}, and it ends with ${before}`);
}

/** Where most are not in form, a program is wrong and not its records: to refuse them would refuse what will be sent aright. */
export function checkForm(entries: readonly TakenEntry[]): void {
  const wrong = entries.filter(isMisformed);
  const [first] = wrong;
  if (first === undefined || entries.length < tellingEntries || wrong.length * 2 <= entries.length) return;
  const why = isUnusable(first) ? first.violation.rule : 'HASH_MISMATCH';
  throw new SourceFault('ENTRIES_BROKEN', `${wrong.length} of ${entries.length}, the first at position ${first.position}: ${why}`);
}

/** Whether an entry is one that another answer might have right: it is asked for twice before it is refused. */
export function isMisformed(entry: TakenEntry): boolean {
  return isUnusable(entry) || !holds(entry);
}
